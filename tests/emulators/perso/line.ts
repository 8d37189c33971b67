import { createPeer } from '@/tests/emulators/media/peer';
import type { Utterance, Voice } from '@/tests/emulators/media/voice';
import type { PersoKnobs } from './knobs';
import { terminate, type PersoSession } from './session';
import type { Sounds } from './sounds';

export interface World {
  readonly knobs: PersoKnobs;
  readonly voice: Voice;
  readonly sounds: Sounds;
  readonly tell: (what: string, body: unknown) => void;
  readonly puzzled: (what: string) => void;
}

/** How long a client may take from our answer to an open channel: the vendor's own gives up then, ms. */
const patience = 5000;

/** Answers an offer; from then on the avatar can be seen, and does what the channels say. */
export async function exchange(
  world: World,
  session: PersoSession,
  offer: string,
): Promise<string> {
  const { knobs } = world;
  const peer = createPeer({
    silent: knobs.media === 'never',
    cuttable: knobs.cuttable,
    onDataChannel: (channel) => {
      if (channel.label === 'message') listen(world, session, channel);
      else if (channel.label === 'file') take(world, session, channel);
      else world.puzzled(`channel ${channel.label}`);
    },
    onStart: ({ text, durationMs }) => {
      if (knobs.tells) send(session, 'stf', { message: text, duration: Math.round(durationMs) });
    },
    onState: (state) => {
      if (state === 'failed') terminate(session, 'SESSION_LOST_AFTER_CONNECTION');
    },
  });
  session.peer = peer;
  session.status = 'EXCHANGED';
  setTimeout(() => {
    if (session.status === 'EXCHANGED') terminate(session, 'SESSION_EXPIRED_BEFORE_CONNECTION');
  }, patience).unref();
  const answer = await peer.answer(offer, { trickle: false });
  switch (knobs.exchange) {
    case 'unreachable':
      return answer.replace(/^a=candidate:.*\r?\n/gmu, '');
    case 'streamless':
      return answer.replace(/^a=msid:\S+/gmu, 'a=msid:-');
    case 'nonsense':
      return 'v=0\r\nnonsense';
    case 'answers':
      return answer;
  }
}

export function send(session: PersoSession, type: string, data: object): void {
  whisper(session.messages, JSON.stringify({ type, data }));
}

/** A channel of `wrtc` may be gone a moment before it says so. */
export function whisper(channel: RTCDataChannel | null, message: string): void {
  if (channel?.readyState !== 'open') return;
  try {
    channel.send(message);
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'InvalidStateError') throw thrown;
  }
}

function listen(world: World, session: PersoSession, channel: RTCDataChannel): void {
  // Of one that was ended meanwhile it comes all the same.
  if (session.status === 'TERMINATED') return;
  session.messages = channel;
  session.status = 'IN_PROGRESS';
  channel.addEventListener('close', () => terminate(session, 'GRACEFUL_TERMINATION'));
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // On its way when the session was ended over the other wire.
    if (session.status === 'TERMINATED') return;
    const { type, data: body } = JSON.parse(String(data)) as {
      type: string;
      data: Record<string, unknown>;
    };
    if (type !== 'ping') world.tell(`channel ${type}`, body);
    obey(world, session, type, body).catch((thrown: unknown) => {
      world.puzzled(`channel ${type}: ${String(thrown)}`);
    });
  });
}

async function obey(
  world: World,
  session: PersoSession,
  type: string,
  body: Record<string, unknown>,
): Promise<void> {
  switch (type) {
    case 'ping':
      if (world.knobs.pings) send(session, 'ping', {});
      return;
    case 'change-size': {
      const [width, height] = [Number(body['width']), Number(body['height'])];
      session.size = { width, height };
      // As large a picture costs a machine of two cores too much: half of it is enough to be seen.
      session.peer?.resize(Math.min(480, width / 2), Math.min(480, height / 2));
      return;
    }
    case 'ttstf':
      say(world, session, await world.voice.speak(String(body['message'])));
      return;
    case 'stf': {
      const sound = session.sounds.get(String(body['file_ref']));
      if (!sound) throw new Error(`no sound ${String(body['file_ref'])}`);
      session.sounds.delete(String(body['file_ref']));
      say(world, session, await world.sounds.read(sound, String(body['message'])));
      return;
    }
    case 'clear-buffer':
      session.peer?.hush();
      return;
    case 'record-start':
      session.peer?.heard.reset();
      return;
    case 'record-end-stt':
      if (world.knobs.stt === 'hears') send(session, 'stt', { text: world.knobs.heard });
      else if (world.knobs.stt === 'fails') send(session, 'stt-error', { code: 'failed' });
      return;
    case 'set-template':
    case 'record-end-translate':
      return;
    default:
      world.puzzled(`channel ${type}`);
  }
}

function say({ knobs }: World, session: PersoSession, utterance: Utterance): void {
  const samples = Math.max(480, Math.round(utterance.pcm.length * knobs.speech));
  void session.peer?.say({
    ...utterance,
    pcm: utterance.pcm.subarray(0, samples),
    durationMs: utterance.durationMs * knobs.speech,
  });
}

/** A sound, piece by piece: an empty message says that we are ready, and one from there that it was all. */
function take(world: World, session: PersoSession, channel: RTCDataChannel): void {
  const pieces: Buffer[] = [];
  session.files.add(channel);
  channel.binaryType = 'arraybuffer';
  channel.addEventListener('close', () => session.files.delete(channel));
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const piece = data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(String(data));
    if (piece.length > 0) {
      pieces.push(piece);
      return;
    }
    const name = `sound-${crypto.randomUUID()}`;
    const sound = Buffer.concat(pieces);
    session.sounds.set(name, sound);
    world.tell('channel file', { bytes: sound.length });
    whisper(channel, name);
  });
  const ready = () => {
    // Its event may come after its end.
    if (channel.readyState !== 'open') return;
    if (world.knobs.files === 'takes' || world.knobs.files === 'twice') whisper(channel, '');
    if (world.knobs.files === 'twice') whisper(channel, '');
    else if (world.knobs.files === 'closes') channel.close();
  };
  ready();
  if (channel.readyState === 'connecting') channel.addEventListener('open', ready);
}
