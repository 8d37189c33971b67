import type { InworldClient, InworldConnectionService } from '@inworld/web-core';

/**
 * What the SDK keeps to itself and never lets go of (2.10.0). Nothing of it is changed, but what
 * it leaves running has to be ended by somebody, and it names no way to. All of it is read
 * here; `tests/vendors/inworld/inside.test.ts` says when another version moved something.
 */
export interface Inside {
  /** Where sound is decoded and played; the SDK never closes it. */
  readonly context: AudioContext | null;
  /** The last node before the context's destination; the SDK sets its gain back to 1 after each chunk. */
  readonly gain: GainNode | null;
  /** One for the whole page, however many sessions there are. */
  readonly element: HTMLAudioElement | null;
  /**
   * Two that play silence to each other, for echo cancellation we do not need; two more at every
   * socket. They are closed as soon as the SDK is through with them, which this waits for.
   */
  peersGone(): Promise<void>;
  /** What the pair plays into `element`. */
  loopback(): MediaStream | null;
  /** A message the service takes without a word would be sent again at every reconnect. */
  forgetSent(interactionId: string): void;
  /** Every chunk of sound is kept for a transcript nobody asks for. */
  forgetHeard(): void;
}

/** Builds the SDK's connection and sees to it that nothing runs by itself. */
export function build(
  client: InworldClient,
  onSocket: (socket: WebSocket) => void,
): { service: InworldConnectionService; inside: Inside } {
  const service = withoutWindowListeners(() => client.build());
  const connection = look(service, 'connection');
  const loopback = look(connection, 'connectionProps', 'webRtcLoopbackBiDiSession');
  const pairs = retirePairs(loopback);
  watchSockets(look(connection, 'connection'), onSocket);
  // The state would be read and stored every five minutes, for nobody.
  call(look(service, 'sessionState'), 'clearAutoSaveInterval');
  const context = look(service, 'grpcAudioPlayer', 'playbackAudioContext');
  const gain = look(service, 'grpcAudioPlayer', 'gainNode');
  const element = look(service, 'player', 'player', 'audioElement');
  if (element instanceof HTMLAudioElement) {
    // The SDK plays it without looking at the outcome; a refusal is nobody's unhandled rejection.
    element.play = () => HTMLMediaElement.prototype.play.call(element).catch(() => undefined);
  }
  const inside: Inside = {
    context: context instanceof AudioContext ? context : null,
    gain: gain instanceof GainNode ? gain : null,
    element: element instanceof HTMLAudioElement ? element : null,
    peersGone: async () => {
      await Promise.all(pairs);
    },
    loopback: () => {
      const stream = look(loopback, 'loopbackPlaybackStream');
      return stream instanceof MediaStream ? stream : null;
    },
    forgetSent(interactionId) {
      const sent = look(connection, 'packetsInProgress');
      if (isObject(sent)) Reflect.deleteProperty(sent, interactionId);
    },
    forgetHeard() {
      service.clearHistory();
      const history = look(connection, 'history');
      if (isObject(history)) Object.assign(history, { conversationItems: [], emotions: {} });
    },
  };
  return { service, inside };
}

/**
 * The SDK listens to the window's `blur` and `focus` to store its state, and takes neither
 * listener away again. In a side panel every click on the page is a `blur`.
 */
function withoutWindowListeners<T>(run: () => T): T {
  const added: [string, EventListenerOrEventListenerObject][] = [];
  const add = window.addEventListener;
  window.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ) => {
    added.push([type, listener]);
    add.call(window, type, listener, options);
  };
  try {
    return run();
  } finally {
    window.addEventListener = add;
    for (const [type, listener] of added) window.removeEventListener(type, listener);
  }
}

/** The SDK makes the server first and the client next, and overwrites what it should have closed. */
function retirePairs(owner: unknown): Set<Promise<void>> {
  const retiring = new Set<Promise<void>>();
  if (!isObject(owner)) return retiring;
  const pair = new Map<string, RTCPeerConnection>();
  for (const name of ['rtcServerConnection', 'rtcClientConnection']) {
    Object.defineProperty(owner, name, {
      get: () => pair.get(name),
      set(value: unknown) {
        if (!(value instanceof RTCPeerConnection)) return;
        pair.set(name, value);
        if (name === 'rtcServerConnection') return;
        const gone = retire([...pair.values()]).finally(() => retiring.delete(gone));
        retiring.add(gone);
      },
    });
  }
  return retiring;
}

/** Two peers in one page find each other in some 20 ms, or never. */
const atMost = 800;

/** Closed in the middle of it, the SDK's own steps would fail where nobody catches. */
async function retire(pair: readonly RTCPeerConnection[]): Promise<void> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    Promise.all(pair.map(negotiated)),
    new Promise((resolve) => {
      patience = setTimeout(resolve, atMost);
    }),
  ]);
  clearTimeout(patience);
  // What the SDK does with the finished pair comes one turn later.
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  for (const peer of pair) peer.close();
}

function negotiated(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (peer.signalingState !== 'stable' || !peer.remoteDescription) return;
      peer.removeEventListener('signalingstatechange', look);
      resolve();
    };
    peer.addEventListener('signalingstatechange', look);
    look();
  });
}

/** Each socket as soon as there is one, before it is open and before it says anything. */
function watchSockets(owner: unknown, onSocket: (socket: WebSocket) => void): void {
  const name = 'combineWebSocket';
  const make = look(owner, name);
  if (!isObject(owner) || typeof make !== 'function') return;
  Reflect.set(owner, name, async (...args: unknown[]) => {
    const socket: unknown = await Reflect.apply(make, owner, args);
    if (socket instanceof WebSocket) onSocket(socket);
    return socket;
  });
}

function look(owner: unknown, ...names: readonly string[]): unknown {
  let inner = owner;
  for (const name of names) inner = isObject(inner) ? Reflect.get(inner, name) : undefined;
  return inner;
}

function call(owner: unknown, name: string): void {
  const method = look(owner, name);
  if (typeof method === 'function') Reflect.apply(method, owner, []);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
