import { Persona, type Scene } from '@soulmachines/smwebsdk';
import { AppError, isAppError, type ErrorCode } from '@/lib/errors';
import type { Ending, Lifecycle, SoulMachinesGrant } from '@/lib/session/provider';
import { within, realTiming } from '@/lib/session/timing';
import type { Entry } from '@/lib/providers/soul-machines/entry';
import { codeOf, codeOfClose, endingFor, withToken } from '@/lib/providers/soul-machines/failures';
import { createGate, type Gate } from '@/lib/providers/soul-machines/gate';
import type { SceneMessage } from '@/lib/providers/soul-machines/message';
import { sendVoice, watchPeer } from '@/lib/providers/soul-machines/peer';
import {
  connect,
  createScene,
  forget,
  liveSession,
  steps,
  type LiveSession,
} from '@/lib/providers/soul-machines/scene';

export interface Line {
  readonly scene: Scene;
  /** Whoever spoke last; there is one in practice. */
  readonly persona: () => Persona;
  /** The reader's voice, or no more of it. */
  readonly hear: (track: MediaStreamTrack | null) => Promise<void>;
  /** The browser's counters of it. */
  readonly measure: () => Promise<RTCStatsReport | null>;
  /** What it can be found again by, where the service wants to be. */
  readonly place: () => { server: string; session: string } | null;
  /** `silently`: without a word to the service, so that it can be taken up again. */
  readonly hangUp: (how?: 'silently') => Promise<void>;
}

export interface LineOptions {
  readonly grant: SoulMachinesGrant;
  readonly entry: Entry;
  readonly video: HTMLVideoElement;
  readonly signal: AbortSignal;
  /** Milliseconds until it must be connected. */
  readonly connectWithin: number;
  /** How long it may be down, ms. */
  readonly down: number;
  readonly emit: (event: Exclude<Lifecycle, { type: 'ended' }>) => void;
  readonly heard: (message: SceneMessage) => void;
  readonly ended: (ending: Ending) => void;
}

/** Connects, or rejects with an `AppError`; then nothing of it is left. */
export async function openLine(options: LineOptions): Promise<Line> {
  const { grant, entry, video, signal, connectWithin, down, emit, heard, ended } = options;
  const scene = createScene(video);
  const over = new AbortController();
  let gate: Gate | null = null;
  let peer: RTCPeerConnection | null = null;
  let session: LiveSession | null = null;
  let connected = false;
  /** What it means that it is still silent. */
  let waiting: ErrorCode = 'vendor_unreachable';
  let refuse: (error: AppError) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  refused.catch(() => undefined);

  const fail = (ending: Ending, whileConnecting: ErrorCode) => {
    if (over.signal.aborted) return;
    if (connected) ended(ending);
    else refuse(new AppError(withToken(whileConnecting, entry.token, Date.now())));
  };
  const lose = (code: ErrorCode) => {
    fail({ by: 'error', error: new AppError(connected ? 'vendor_lost' : code) }, code);
  };

  /** The SDK hears of neither: its close handler tests a function it should call. */
  function watch(socket: WebSocket): void {
    const closed = ({ code }: CloseEvent) => lose(codeOfClose(code));
    socket.addEventListener('close', closed, { signal: over.signal });
    scene.onDisconnectedEvent.addListener((_: Scene, __: string, reason: string) => {
      fail(endingFor(reason), codeOf(reason));
    });
  }

  function found(connection: RTCPeerConnection): void {
    peer = connection;
    const told = (type: 'dropped' | 'restored') => () => {
      if (connected) emit({ type });
    };
    // A maker that breaks off while it is being reached closes both, and the socket tells it better.
    const lost = () => void setTimeout(() => lose('vendor_media'), connected ? 0 : settling);
    const events = { dropped: told('dropped'), restored: told('restored'), lost };
    watchPeer(connection, down, events, over.signal);
  }

  /**
   * What `disconnect` leaves: a session that goes on connecting by itself, the listeners it
   * forgets, and keys that would send the next session to this one's server. The picture goes
   * with its element, see `picture.ts`.
   */
  async function hangUp(how?: 'silently'): Promise<void> {
    if (over.signal.aborted) return;
    over.abort();
    gate?.shut();
    const socket = session?.serverConnection;
    const closing = socket ? closed(socket) : null;
    if (how === 'silently') socket?.close();
    try {
      scene.disconnect();
    } catch {
      // It can fail half way, with the dead session still in its hands: the rest is done here.
    }
    forget();
    peer?.close();
    socket?.close();
    session?.userMediaStream?.getTracks().forEach((track) => track.stop());
    await closing;
  }

  scene.connectionState.onConnectionStateUpdated.addListener(({ name }: { name: string }) => {
    const step = steps[name];
    if (!step || over.signal.aborted) return;
    waiting = step.waiting;
    emit({ type: 'progress', step: step.step, percent: step.percent });
  });

  try {
    const connecting = connect(scene, entry);
    connecting.catch(() => undefined);
    // Between the call and the socket lie only turns of this very moment, so nobody can have
    // spoken yet: the token is there, telemetry and devices are off.
    for (let turn = 0; turn < 100 && !session; turn += 1) {
      await Promise.resolve();
      session = liveSession(scene);
    }
    if (session) {
      const { iceServers, forceRelay } = grant;
      gate = createGate({ scene, session, iceServers, forceRelay, found, heard });
      watch(session.serverConnection);
    }
    await within(realTiming, connectWithin, signal, Promise.race([connecting, refused]));
    connected = true;
  } catch (thrown) {
    const error = translated(thrown, entry, waiting);
    await hangUp();
    throw error;
  }

  return {
    scene,
    persona: () => new Persona(scene, scene.currentPersonaId),
    async hear(track) {
      if (peer && peer.signalingState !== 'closed') await sendVoice(peer, track);
    },
    measure: async () => (await peer?.getStats()) ?? null,
    place: () =>
      scene.supportsSessionPersistence() && session?.server && session.sessionId
        ? { server: session.server, session: session.sessionId }
        : null,
    hangUp,
  };
}

/** ms between what is told of a peer and what is told of its socket. */
const settling = 300;
/** Longest wait for the other side to agree that a socket is closed, ms. */
const goodbye = 1000;

function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, goodbye);
    socket.addEventListener(
      'close',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

function translated(thrown: unknown, { token }: Entry, waiting: ErrorCode): AppError {
  if (isAppError(thrown) && thrown.code !== 'provider_timeout') return thrown;
  const name = thrown instanceof Error ? thrown.name : 'unknown';
  const code = isAppError(thrown) ? waiting : codeOf(name);
  return new AppError(withToken(code, token, Date.now()), { cause: thrown });
}
