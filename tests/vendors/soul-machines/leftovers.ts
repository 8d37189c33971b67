import { watchListeners } from '@/tests/vendors/soul-machines/listeners';

/**
 * Everything a provider might leave running in this page, counted where it is made: sockets, peer
 * connections, tracks, contexts, timers, listeners, videos, and the SDK's keys.
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
  const contexts: AudioContext[] = [];
  const tracks: MediaStreamTrack[] = [];
  const listeners = watchListeners();
  const timers = watchTimers();
  const { mediaDevices } = navigator;

  Object.assign(globalThis, {
    WebSocket: noting(real.WebSocket, sockets),
    RTCPeerConnection: noting(real.RTCPeerConnection, peers),
    AudioContext: noting(real.AudioContext, contexts),
  });
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await real.getUserMedia.call(mediaDevices, wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };

  return {
    sockets,
    peers,
    running: () => [
      ...sockets.filter(({ readyState }) => readyState !== WebSocket.CLOSED).map(() => 'a socket'),
      ...peers.filter(({ signalingState }) => signalingState !== 'closed').map(() => 'a peer'),
      ...contexts.filter(({ state }) => state !== 'closed').map(() => 'a context'),
      ...tracks.filter(({ readyState }) => readyState === 'live').map(({ kind }) => `a ${kind}`),
      ...timers.running(),
      ...listeners.running(),
      ...[...document.querySelectorAll('video')].map(() => 'a video'),
      ...Object.keys(sessionStorage)
        .filter((key) => key.startsWith('sm-'))
        .map((key) => `kept: ${key}`),
    ],
    stop() {
      const { WebSocket, RTCPeerConnection, AudioContext, getUserMedia } = real;
      Object.assign(globalThis, { WebSocket, RTCPeerConnection, AudioContext });
      mediaDevices.getUserMedia = getUserMedia;
      timers.stop();
      listeners.stop();
    },
  };
}

const real = {
  WebSocket: globalThis.WebSocket,
  RTCPeerConnection: globalThis.RTCPeerConnection,
  AudioContext: globalThis.AudioContext,
  getUserMedia: navigator.mediaDevices.getUserMedia,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
};

/** The same class, every instance of which is put into `made`. */
function noting<Made extends object>(
  type: new (...parts: never[]) => Made,
  made: Made[],
): new (...parts: never[]) => Made {
  return new Proxy(type, {
    construct(target, parts: never[]) {
      const one = new target(...parts);
      made.push(one);
      return one;
    },
  });
}

function watchTimers(): Pick<Leftovers, 'running' | 'stop'> {
  const intervals = new Set<unknown>();
  const timeouts = new Set<unknown>();
  Object.assign(globalThis, {
    setInterval: (done: () => void, ms?: number) => {
      const id = real.setInterval.call(globalThis, done, ms);
      intervals.add(id);
      return id;
    },
    clearInterval: (id?: number) => {
      intervals.delete(id);
      real.clearInterval.call(globalThis, id);
    },
    setTimeout: (done: () => void, ms?: number) => {
      const id = real.setTimeout.call(
        globalThis,
        () => {
          timeouts.delete(id);
          done();
        },
        ms,
      );
      timeouts.add(id);
      return id;
    },
    clearTimeout: (id?: number) => {
      timeouts.delete(id);
      real.clearTimeout.call(globalThis, id);
    },
  });
  return {
    running: () => [
      ...Array.from(intervals, () => 'an interval'),
      ...Array.from(timeouts, () => 'a timer'),
    ],
    stop() {
      const { setTimeout, clearTimeout, setInterval, clearInterval } = real;
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
    },
  };
}
