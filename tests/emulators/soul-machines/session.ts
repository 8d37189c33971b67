import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { createPeer, type Peer } from '../media/peer.ts';
import { withoutCandidates } from '../media/road.ts';
import type { Voice } from '../media/voice.ts';
import { createEars } from './ears.ts';
import type { Deed, Stage } from './knobs.ts';
import { oddBefore, oddDuring } from './odd.ts';
import { createTalk, type Talk } from './talk.ts';
import { parse, record, type Message, type World } from './world.ts';

/** The name of the server a session lives on. */
export const serverName = 'emulated-1';

export interface Session {
  readonly id: string;
  readonly running: readonly string[];
  do(deed: Deed): void;
  close(): void;
}

/** One client on one socket, from `established` to its end. */
export function createSession(
  world: World,
  socket: WebSocket,
  voice: Voice,
  { resumed, over }: { resumed: string | null; over: () => void },
): Session {
  const { knobs } = world;
  const id = resumed ?? randomUUID();
  const memory = world.memories.get(id) ?? { asked: [], variables: {} };
  world.memories.set(id, memory);
  let peer: Peer | null = null;
  let [accepted, connected, closed] = [false, false, false];
  const waiting: RTCIceCandidateInit[] = [];
  /** What would have been sent while the network is away. */
  let unsent: string[] | null = null;

  const send = (category: string, name: string, body: unknown, kind = 'event', more = {}) => {
    const message = JSON.stringify({ category, kind, name, body, ...more });
    if (unsent) unsent.push(message);
    else if (socket.readyState === socket.OPEN) socket.send(message);
  };
  const scene = (name: string, body: unknown) => send('scene', name, body);
  const say = (reason: string) => {
    send('webrtc', 'close', { reason });
    socket.close(1000);
  };
  const talk: Talk = createTalk({ world, memory, voice, scene, send, peer: () => peer, socket });
  const ears = createEars({ world, scene, peer: () => peer, asked: (text) => talk.answer(text) });

  /** Whether setting up goes on; if not, the fault of this stage has happened. */
  const reach = async (stage: Stage): Promise<boolean> => {
    if (knobs.slow > 0) await sleep(knobs.slow, null, { ref: false });
    while (knobs.waitsAt === stage) await sleep(20, null, { ref: false });
    if (closed) return false;
    const { refuseAt, closeAt, silentAt } = knobs;
    if (knobs.refusals > 0 && refuseAt?.stage === stage) {
      knobs.refusals -= 1;
      say(refuseAt.reason);
      return false;
    }
    if (knobs.refusals > 0 && closeAt?.stage === stage) {
      knobs.refusals -= 1;
      socket.close(closeAt.code);
      return false;
    }
    return silentAt !== stage;
  };

  async function begin(): Promise<void> {
    if (!(await reach('open'))) return;
    if (knobs.odd) oddBefore(socket);
    send('webrtc', 'established', {
      iceServers: [],
      settings: { microphoneMuteDelay: knobs.microphoneMuteDelay, logToServer: knobs.wantsLog },
      ...(resumed !== null && { resumeSessionId: resumed }),
    });
  }

  async function call(sdp: string): Promise<void> {
    if (!(await reach('established'))) return;
    send('webrtc', 'accepted', {
      sessionId: id,
      sceneId: 1,
      ...(knobs.resumable && { resumeRequested: true, server: serverName }),
      ...(knobs.control !== 'none' && { controlUrl: `ws://${world.host}/control` }),
    });
    accepted = true;
    if (!(await reach('accepted'))) return;
    peer = createPeer({
      silent: knobs.media === 'none',
      cuttable: knobs.media === 'cuttable',
      onCandidate: (candidate) => {
        if (knobs.media === 'unreachable') return;
        send('webrtc', 'ice', candidate ? { ...candidate, complete: false } : { complete: true });
      },
      onState: (state) => {
        if (state === 'connected') void settle();
      },
    });
    if (knobs.connectedFirst) send('webrtc', 'connected', { sessionId: id });
    // Neither side may know of the other's: checks that come from anywhere are a way.
    const lost = knobs.media === 'unreachable' ? withoutCandidates : (whole: string) => whole;
    const answer = await peer.answer(lost(sdp), { trickle: true });
    if (closed || !(await reach('answer'))) return;
    send('webrtc', 'answer', { sdp: lost(answer) });
    for (const candidate of waiting.splice(0)) await peer.addCandidate(candidate);
  }

  async function settle(): Promise<void> {
    // At once, the client's own state is sometimes lost: see `connectedFirst`.
    await sleep(60);
    if (connected || !(await reach('connected'))) return;
    connected = true;
    send('webrtc', 'connected', { sessionId: id });
    scene('state', {
      scene: { sdkVersion: knobs.platform, sceneId: 1, featureFlags: [] },
      persona: { 1: { speechState: 'idle', users: [{}] } },
      session: { sessionId: id, state: 'connected' },
    });
    if (knobs.odd) oddDuring(socket);
    ears.listen();
  }

  function webrtc({ name, body }: Message): void {
    switch (name) {
      case 'offer':
      case 'updateOffer':
        if ((name === 'updateOffer') !== (resumed !== null)) {
          world.unknown.push(`socket webrtc.${name} where it makes no sense`);
        }
        call(String(body['sdp'])).catch((thrown: unknown) => {
          // Whoever hangs up meanwhile takes the peer away under its hands.
          if (!closed) throw thrown;
        });
        return;
      case 'ice': {
        // One that is taken up again has its name from the start, so the SDK holds nothing back.
        if (!accepted && resumed === null) {
          world.unknown.push('socket webrtc.ice before it was accepted');
        }
        if (body['complete'] === true || knobs.media === 'unreachable') return;
        const candidate = {
          candidate: String(body['candidate']),
          sdpMid: String(body['sdpMid']),
          sdpMLineIndex: Number(body['sdpMLineIndex']),
        };
        if (peer) void peer.addCandidate(candidate);
        else waiting.push(candidate);
        return;
      }
      case 'videoBounds': {
        const [width, height] = [Number(body['width']), Number(body['height'])];
        if (width > 0 && height > 0) peer?.resize(Math.min(width, 640), Math.min(height, 640));
        return;
      }
      case 'videoStarted':
        if (knobs.greeting !== null) talk.say(knobs.greeting);
        return;
      case 'userCamera':
      case 'userText':
      case 'keepAlive':
      case 'ui':
        return;
      case 'close':
        world.memories.delete(id);
        socket.close(1000);
        return;
      default:
        world.unknown.push(`socket webrtc.${name}`);
    }
  }

  const toldOfControl = () => (knobs.control === 'relay' ? talk.relayed : () => false);

  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    const message = parse(text);
    if (!message) {
      world.unknown.push(`socket message ${text.slice(0, 80)}`);
      return;
    }
    record(world, `socket ${message.category}.${message.name}`, message.body);
    if (message.category === 'webrtc') webrtc(message);
    else if (message.category === 'diagnostics') return;
    else if (message.category === 'scene' && toldOfControl()(message)) return;
    else if (message.category === 'scene' && message.kind === 'request') talk.request(message);
    else world.unknown.push(`socket ${message.category}.${message.name}`);
  });
  socket.on('error', () => undefined);
  socket.on('close', (code) => {
    record(world, 'socket closed', { code });
    close();
  });

  function close(): void {
    if (closed) return;
    closed = true;
    ears.stop();
    talk.stop();
    peer?.close();
    if (socket.readyState !== socket.CLOSED) socket.terminate();
    // As the maker's limit for coming back.
    if (!knobs.resumable) world.memories.delete(id);
    over();
  }

  void begin();
  return {
    id,
    get running() {
      return closed ? [] : ['socket', ...(peer ? ['peer'] : []), ...talk.running];
    },
    do(deed) {
      switch (deed.do) {
        case 'drop':
          socket.terminate();
          return;
        case 'close':
          socket.close(deed.code);
          return;
        case 'bye':
          say(deed.reason);
          return;
        case 'cut':
          peer?.cut();
          return;
        case 'mend':
          peer?.mend();
          return;
        case 'part':
          peer?.cut();
          socket.pause();
          unsent ??= [];
          return;
        case 'rejoin': {
          peer?.mend();
          const late = unsent ?? [];
          unsent = null;
          if (socket.readyState === socket.OPEN) for (const message of late) socket.send(message);
          socket.resume();
          return;
        }
        case 'kill':
          peer?.kill();
          return;
        case 'freeze':
          peer?.freeze();
          return;
        case 'freeze everything':
          peer?.freeze('everything');
          return;
        case 'thaw':
          peer?.thaw();
          return;
        case 'send':
          socket.send(deed.text);
          return;
        case 'say':
          talk.say(deed.text);
      }
    },
    close,
  };
}
