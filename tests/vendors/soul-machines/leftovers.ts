/**
 * Everything a provider might leave running in this page, counted where it is made: sockets, peer
 * connections, listeners of the window and the document, intervals, videos, and the SDK's keys.
 */
export interface Leftovers {
  /** What is running now that was not when the watch began. */
  readonly running: () => string[];
  readonly sockets: readonly WebSocket[];
  readonly peers: readonly RTCPeerConnection[];
  readonly stop: () => void;
}

export function watchLeftovers(): Leftovers {
  const sockets: WebSocket[] = [];
  const peers: RTCPeerConnection[] = [];
  const intervals = new Set<number>();
  const listeners = new Map<string, number>();
  const before = { ...real };

  globalThis.WebSocket = new Proxy(before.WebSocket, {
    construct(target, [url, protocols]: [string, string | undefined]) {
      const socket = new target(url, protocols);
      sockets.push(socket);
      return socket;
    },
  });
  globalThis.RTCPeerConnection = new Proxy(before.RTCPeerConnection, {
    construct(target, [configuration]: [RTCConfiguration]) {
      const peer = new target(configuration);
      peers.push(peer);
      return peer;
    },
  });
  const counted = (target: EventTarget, type: string, by: number) => {
    if (target !== window && target !== document) return;
    const name = `${target === window ? 'window' : 'document'} ${type}`;
    listeners.set(name, (listeners.get(name) ?? 0) + by);
  };
  EventTarget.prototype.addEventListener = function add(type, listener, options) {
    counted(this ?? window, type, 1);
    before.add.call(this ?? window, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function remove(type, listener, options) {
    counted(this ?? window, type, -1);
    before.remove.call(this ?? window, type, listener, options);
  };
  globalThis.setInterval = ((...parts: Parameters<typeof setInterval>) => {
    const id = Number(before.setInterval.apply(globalThis, parts));
    intervals.add(id);
    return id;
  }) as typeof setInterval;
  globalThis.clearInterval = (id) => {
    intervals.delete(Number(id));
    before.clearInterval.call(globalThis, id);
  };

  return {
    sockets,
    peers,
    running: () => [
      ...sockets.filter(({ readyState }) => readyState !== WebSocket.CLOSED).map(() => 'a socket'),
      ...peers.filter(({ signalingState }) => signalingState !== 'closed').map(() => 'a peer'),
      ...[...intervals].map(() => 'an interval'),
      // Removing what is not there does no harm, so only what is left counts.
      ...[...listeners].filter(([, count]) => count > 0).map(([name]) => `a listener: ${name}`),
      ...[...document.querySelectorAll('video')].map(() => 'a video'),
      ...Object.keys(sessionStorage)
        .filter((key) => key.startsWith('sm-'))
        .map((key) => `kept: ${key}`),
    ],
    stop() {
      globalThis.WebSocket = before.WebSocket;
      globalThis.RTCPeerConnection = before.RTCPeerConnection;
      EventTarget.prototype.addEventListener = before.add;
      EventTarget.prototype.removeEventListener = before.remove;
      globalThis.setInterval = before.setInterval;
      globalThis.clearInterval = before.clearInterval;
    },
  };
}

const real = {
  WebSocket: globalThis.WebSocket,
  RTCPeerConnection: globalThis.RTCPeerConnection,
  add: EventTarget.prototype.addEventListener,
  remove: EventTarget.prototype.removeEventListener,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
};
