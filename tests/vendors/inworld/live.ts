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

/** In a page nobody sees, timers come at most once a second; here, from `least` ms on. */
export const timers = { least: 0 };
const { setInterval: begin, clearInterval: stop, setTimeout: wait } = window;
Object.assign(window, {
  setTimeout: (run: TimerHandler, ms = 0, ...rest: unknown[]) =>
    wait(run, Math.max(ms, timers.least), ...rest),
  setInterval: (run: TimerHandler, ms = 0, ...rest: unknown[]) => {
    const id = begin(run, Math.max(ms, timers.least), ...rest);
    intervals.add(id);
    return id;
  },
  clearInterval: (id: number) => {
    intervals.delete(id);
    stop(id);
  },
});

/** When each chunk was given to the decoder, and how long that shall take. */
export const decoding = { at: [] as number[], takes: 0 };
const { decodeAudioData } = BaseAudioContext.prototype;
Object.assign(BaseAudioContext.prototype, {
  async decodeAudioData(this: BaseAudioContext, data: ArrayBuffer) {
    decoding.at.push(performance.now());
    const buffer: unknown = await Reflect.apply(decodeAudioData, this, [data]);
    if (decoding.takes > 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, decoding.takes);
      });
    }
    return buffer;
  },
});

/** What reaches the speakers, of each context. */
const taps = new WeakMap<BaseAudioContext, AnalyserNode>();
const { connect } = AudioNode.prototype;
Object.assign(AudioNode.prototype, {
  connect(this: AudioNode, to: AudioNode | AudioParam, ...rest: unknown[]) {
    if (to instanceof AudioDestinationNode) {
      const tap = new AnalyserNode(this.context, { fftSize: 1024 });
      taps.set(this.context, tap);
      Reflect.apply(connect, this, [tap]);
    }
    return Reflect.apply(connect, this, [to, ...rest]) as unknown;
  },
});

/** How loud it is at the speakers now, 0 to 1. */
export function loudness(): number {
  const context = [...contexts].findLast(({ state }) => state === 'running');
  const tap = context && taps.get(context);
  if (!tap) return 0;
  const samples = new Float32Array(tap.fftSize);
  tap.getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

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
