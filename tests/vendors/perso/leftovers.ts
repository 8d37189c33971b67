/** What a page keeps running, counted at its constructors. */
export interface Leftovers {
  /** Names of what runs now. */
  running(): string[];
  /** Peer connections ever made. */
  readonly peers: readonly RTCPeerConnection[];
  /** Media elements ever made. */
  readonly elements: readonly HTMLMediaElement[];
  stop(): void;
}

/** Counts peer connections, calls, intervals and media elements from now on. */
export function countLeftovers(): Leftovers {
  const peers: RTCPeerConnection[] = [];
  const contexts: AudioContext[] = [];
  const intervals = new Set<unknown>();
  const elements: HTMLMediaElement[] = [];
  let calls = 0;
  const { RTCPeerConnection, AudioContext, fetch, setInterval, clearInterval } = globalThis;
  const { createElement } = document;

  Object.assign(globalThis, {
    RTCPeerConnection: class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    },
    AudioContext: class extends AudioContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.push(this);
      }
    },
    fetch: async (...args: Parameters<typeof fetch>) => {
      calls += 1;
      try {
        return await fetch(...args);
      } finally {
        calls -= 1;
      }
    },
    setInterval: (...args: [() => void, number]) => {
      const timer = setInterval(...args);
      intervals.add(timer);
      return timer;
    },
    clearInterval: (timer: number | undefined) => {
      intervals.delete(timer);
      clearInterval(timer);
    },
  });
  document.createElement = (name: string) => {
    const element: HTMLElement = createElement.call(document, name);
    if (element instanceof HTMLMediaElement) elements.push(element);
    return element;
  };

  return {
    peers,
    elements,
    running: () => [
      ...peers
        .filter(({ connectionState }) => connectionState !== 'closed')
        .map(() => 'a peer connection'),
      ...contexts.filter(({ state }) => state !== 'closed').map(() => 'an audio context'),
      ...Array.from(intervals, () => 'an interval'),
      ...Array.from({ length: calls }, () => 'a call'),
      ...elements
        .filter(({ srcObject, paused }) => srcObject !== null || !paused)
        .map(({ localName }) => `a ${localName} element`),
    ],
    stop() {
      Object.assign(globalThis, {
        RTCPeerConnection,
        AudioContext,
        fetch,
        setInterval,
        clearInterval,
      });
      document.createElement = createElement;
    },
  };
}
