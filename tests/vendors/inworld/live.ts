/**
 * Counts what is alive in this page: everything an SDK may start and forget. Import it before
 * anything that could start something.
 */
const sockets = new Set<WebSocket>();
const peers = new Set<RTCPeerConnection>();
const contexts = new Set<AudioContext>();
const listeners = new Map<string, Set<unknown>>();
const intervals = new Set<unknown>();

class CountedSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    sockets.add(this);
  }
}
class CountedPeer extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    peers.add(this);
  }
}
class CountedContext extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options);
    contexts.add(this);
  }
}
Object.assign(globalThis, {
  WebSocket: CountedSocket,
  RTCPeerConnection: CountedPeer,
  AudioContext: CountedContext,
});

const { addEventListener, removeEventListener } = EventTarget.prototype;
for (const type of ['blur', 'focus']) listeners.set(type, new Set());
window.addEventListener = function counted(type: string, listener: unknown, ...rest: unknown[]) {
  listeners.get(type)?.add(listener);
  Reflect.apply(addEventListener, window, [type, listener, ...rest]);
};
window.removeEventListener = function counted(type: string, listener: unknown, ...rest: unknown[]) {
  listeners.get(type)?.delete(listener);
  Reflect.apply(removeEventListener, window, [type, listener, ...rest]);
};

const { setInterval: begin, clearInterval: stop } = window;
Object.assign(window, {
  setInterval: (...args: Parameters<typeof begin>) => {
    const id = begin(...args);
    intervals.add(id);
    return id;
  },
  clearInterval: (id: number) => {
    intervals.delete(id);
    stop(id);
  },
});

export function live(): string[] {
  return [
    ...Array.from(sockets)
      .filter(({ readyState }) => readyState !== WebSocket.CLOSED)
      .map(({ readyState }) => `a socket in state ${readyState}`),
    ...Array.from(peers)
      .filter(({ signalingState }) => signalingState !== 'closed')
      .map(() => 'a peer connection'),
    ...Array.from(contexts)
      .filter(({ state }) => state !== 'closed')
      .map(() => 'an audio context'),
    ...Array.from(listeners, ([type, { size }]) =>
      Array.from({ length: size }, () => `on${type}`),
    ).flat(),
    ...Array.from(intervals, () => 'an interval'),
    ...Array.from(document.querySelectorAll('audio'), () => 'an <audio>'),
    ...Array.from(document.querySelectorAll('.stage-poster'), () => 'a poster'),
    ...Object.keys(localStorage)
      .filter((key) => key.startsWith('inworld'))
      .map((key) => `stored ${key}`),
    ...Object.keys(sessionStorage)
      .filter((key) => key.startsWith('inworld'))
      .map((key) => `kept ${key}`),
  ];
}

/** All of one kind there ever were. */
export const ever = {
  sockets: () => sockets.size,
  peers: () => peers.size,
  contexts: () => [...contexts],
};
