import { mark } from './marks';

/*
 * What can be heard in this page, however it is played: what comes over any peer connection and is
 * not only a loop within the page, and what goes to the speakers of any audio context. Import it
 * before any SDK.
 */
const peers = new Set<RTCPeerConnection>();
const own = new AudioContext();
const taps = new Set<AnalyserNode>();
const { connect } = AudioNode.prototype;

class HeardPeer extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    peers.add(this);
    mark('peer');
    this.addEventListener('connectionstatechange', () => {
      if (this.connectionState === 'connected') mark('linked');
    });
    this.addEventListener('track', ({ track }) => {
      if (track.kind !== 'audio') return;
      const tap = new AnalyserNode(own, { fftSize: 1024 });
      const source = own.createMediaStreamSource(new MediaStream([track]));
      Reflect.apply(connect, source, [tap]);
      taps.add(tap);
      track.addEventListener('ended', () => taps.delete(tap));
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'closed') taps.delete(tap);
      });
    });
  }
}
globalThis.RTCPeerConnection = HeardPeer;

Object.assign(AudioNode.prototype, {
  connect(this: AudioNode, to: AudioNode | AudioParam, ...rest: unknown[]) {
    if (to instanceof AudioDestinationNode && this.context !== own) {
      const tap = new AnalyserNode(this.context, { fftSize: 1024 });
      taps.add(tap);
      Reflect.apply(connect, this, [tap]);
    }
    return Reflect.apply(connect, this, [to, ...rest]) as unknown;
  },
});

const audible = 0.01;
const samples = new Float32Array(1024);

function loudness(): number {
  let most = 0;
  for (const tap of taps) {
    tap.getFloatTimeDomainData(samples);
    most = Math.max(most, Math.hypot(...samples) / Math.sqrt(samples.length));
  }
  return most;
}

const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Resolves with the first sound. */
export async function sound(): Promise<void> {
  const giveUp = performance.now() + 20_000;
  while (loudness() < audible) {
    if (performance.now() > giveUp) throw new Error('Nothing could be heard for 20 s.');
    await pause(4);
  }
}

/** Resolves when nothing has been heard for half a second. @returns when the last of it was. */
export async function silence(every = 20): Promise<number> {
  let since = performance.now();
  while (performance.now() - since < 500) {
    if (loudness() >= audible / 4) since = performance.now();
    await pause(every);
  }
  return since;
}

export function openPeers(): number {
  return [...peers].filter(({ signalingState }) => signalingState !== 'closed').length;
}
