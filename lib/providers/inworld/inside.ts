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
  readonly gain: AudioNode | null;
  /** One for the whole page, however many sessions there are. */
  readonly element: HTMLAudioElement | null;
  /** A pair that plays silence to itself, for echo cancellation we do not need; two more at every socket. */
  peers(): RTCPeerConnection[];
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
  const peers = collect(loopback, ['rtcServerConnection', 'rtcClientConnection']);
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
    gain: gain instanceof AudioNode ? gain : null,
    element: element instanceof HTMLAudioElement ? element : null,
    peers: () => [...peers],
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

/** Every value these properties are ever given: the SDK overwrites what it should have closed. */
function collect(owner: unknown, names: readonly string[]): Set<RTCPeerConnection> {
  const all = new Set<RTCPeerConnection>();
  if (!isObject(owner)) return all;
  for (const name of names) {
    let current: unknown;
    Object.defineProperty(owner, name, {
      get: () => current,
      set(value: unknown) {
        current = value;
        if (value instanceof RTCPeerConnection) all.add(value);
      },
    });
  }
  return all;
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
