import { randomUUID } from 'node:crypto';
import { account } from './account.ts';
import type { Configuration, Desk, Packet } from './desk.ts';
import { hear, listen } from './ears.ts';
import { answerTo } from './mind.ts';
import { addressed, reply } from './reply.ts';
import { castOf, isScene, type Session } from './session.ts';

/** Whatever the client says, in the order it says it. */
export function receive(desk: Desk, packet: Packet): void {
  const { session, told } = desk;
  if (packet.control) control(desk, packet, packet.control);
  else if (packet.mutation) mutation(desk, packet.mutation);
  else if (packet.text) question(desk, packet, packet.text.text);
  else if (packet.custom) trigger(desk, packet, packet.custom);
  else if (packet.action?.narratedAction)
    narrated(desk, packet, packet.action.narratedAction.content);
  else if (packet.dataChunk?.type === 'AUDIO') hear(desk, packet.dataChunk.chunk);
  else if (packet.latencyReport?.pingPong?.type === 'PONG')
    told('socket pong', packet.latencyReport);
  else desk.unknown(`socket ${Object.keys(packet).join(' ')} in ${session.id}`);
}

function control(desk: Desk, packet: Packet, { action, ...rest }: NonNullable<Packet['control']>) {
  const { session, told, knobs } = desk;
  told(`socket control ${action}`, rest);
  switch (action) {
    case 'SESSION_CONFIGURATION':
      configure(session, rest.sessionConfiguration ?? {});
      return;
    case 'CONVERSATION_UPDATE': {
      const conversationId = packet.packetId?.['conversationId'] ?? '';
      const participants = rest.conversationUpdate?.participants ?? [];
      const known = session.conversations.has(conversationId);
      session.conversations.set(
        conversationId,
        participants.flatMap(({ name }) => (name === undefined ? [] : [name])),
      );
      if (knobs.conversation === 'silent') return;
      desk.send({
        packetId: { packetId: randomUUID(), conversationId },
        timestamp: new Date().toISOString(),
        control: {
          action: 'CONVERSATION_EVENT',
          conversationEvent: { eventType: known ? 'UPDATED' : 'STARTED', participants },
        },
      });
      return;
    }
    case 'AUDIO_SESSION_START':
      listen(desk, packet, rest.audioSessionStart ?? {});
      return;
    case 'AUDIO_SESSION_END':
      hear(desk, null);
      return;
    case 'TTS_PLAYBACK_MUTE':
    case 'TTS_PLAYBACK_UNMUTE':
      session.quiet = action === 'TTS_PLAYBACK_MUTE';
      return;
    default:
      desk.unknown(`socket control ${action}`);
  }
}

function configure(session: Session, configuration: Configuration) {
  const { memory } = session;
  session.configured = true;
  session.capabilities = configuration.capabilitiesConfiguration ?? session.capabilities;
  memory.reader = configuration.userConfiguration?.name ?? memory.reader;
  const { dialogHistory, externallySavedState } = configuration.continuation ?? {};
  if (dialogHistory) {
    memory.dialogue.push(
      ...dialogHistory.history.map(({ actor, text }) => ({ who: actor.type, text })),
    );
  } else if (externallySavedState !== undefined) {
    const saved: unknown = JSON.parse(Buffer.from(externallySavedState, 'base64').toString());
    if (Array.isArray(saved)) memory.dialogue.push(...(saved as typeof memory.dialogue));
  }
}

function mutation(
  desk: Desk,
  { loadScene, cancelResponses, ...rest }: NonNullable<Packet['mutation']>,
) {
  const { session, told, knobs } = desk;
  if (loadScene) {
    told('socket mutation loadScene', loadScene);
    const show = () => {
      if (knobs.scene === 'silent') return;
      if (knobs.scene === 'unknown' || !isScene(loadScene.name)) {
        desk.refuse('RESOURCE_NOT_FOUND', 5, 'NO_RETRY');
        return;
      }
      session.scene = loadScene.name;
      session.agents.splice(0);
      if (knobs.scene !== 'empty')
        session.agents.push(...castOf(loadScene.name, desk.address, knobs));
      showScene(desk);
      desk.drops('ready');
    };
    if (knobs.sceneAfterMs > 0) setTimeout(show, knobs.sceneAfterMs);
    else show();
  } else if (cancelResponses) {
    told('socket mutation cancelResponses', cancelResponses);
    const { interactionId } = cancelResponses;
    for (const [id, control] of session.answers) {
      if (interactionId === undefined || id === interactionId) control.abort();
    }
  } else {
    desk.unknown(`socket mutation ${Object.keys(rest).join(' ')}`);
  }
}

function showScene({ session, send }: Desk) {
  send({
    packetId: { packetId: randomUUID() },
    timestamp: new Date().toISOString(),
    routing: { source: { type: 'WORLD' } },
    control: {
      action: 'CURRENT_SCENE_STATUS',
      currentSceneStatus: {
        sceneName: session.scene,
        sceneDescription: '',
        sceneDisplayName: account.workspace,
        agents: session.agents,
      },
    },
  });
}

function trigger(
  desk: Desk,
  packet: Packet,
  { name, parameters = [] }: NonNullable<Packet['custom']>,
) {
  const { session, told, knobs } = desk;
  const entries = parameters.map(({ name, value }) => [name, value] as const);
  told(`socket trigger ${name}`, Object.fromEntries(entries));
  const wrong = entries.find(([, value]) => typeof value !== 'string' || value.length > 500);
  if (wrong || entries.length > 16 || !/^[a-z0-9_.-]{1,64}$/u.test(name)) {
    desk.unknown(`socket trigger ${name} with ${JSON.stringify(wrong ?? entries.length)}`);
  }
  session.memory.told.set(
    name,
    Object.fromEntries(entries.map(([key, value]) => [key, String(value)])),
  );
  if (knobs.reacts) reply(desk, packet, ['I see, another page.']);
}

function narrated(desk: Desk, packet: Packet, content: string) {
  const { session, told, knobs } = desk;
  told('socket narratedAction', content);
  if (content.length > 300) desk.unknown(`socket narratedAction of ${content.length} characters`);
  session.memory.narrated = content;
  if (knobs.reacts) reply(desk, packet, ['Oh, look at that.']);
}

function question(desk: Desk, packet: Packet, text: string) {
  desk.told('socket text', text);
  if (desk.drops('question') || desk.fails('question')) return;
  const { agentId, givenName } = addressed(desk.session, packet) ?? { agentId: '', givenName: '' };
  if (agentId === '') {
    desk.unknown('socket text in no conversation');
    return;
  }
  const sentences = answerTo(text, givenName, desk.session.memory);
  desk.session.memory.dialogue.push({ who: 'PLAYER', text });
  reply(desk, packet, sentences);
}
