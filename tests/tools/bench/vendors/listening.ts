import { mark } from './marks';

/*
 * What can be heard in this page, however it is played: what comes over any peer connection and is
 * not only a loop within the page, and what goes to the speakers of any audio context. Import it
 * before any SDK.
 */
/** Samples kept, and seconds of them that count: longer than a busy page is away. */
const fftSize = 16_384;
const lately = 0.34;
const heard = new Float32Array(fftSize);
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
      const tap = new AnalyserNode(own, { fftSize });
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
      const tap = new AnalyserNode(this.context, { fftSize });
      taps.add(tap);
      Reflect.apply(connect, this, [tap]);
    }
    return Reflect.apply(connect, this, [to, ...rest]) as unknown;
  },
});

const audible = 0.01;
const latest = 1024;
const block = 128;

const rms = (samples: Float32Array) => Math.hypot(...samples) / Math.sqrt(samples.length);

function loudness(): number {
  let most = 0;
  for (const tap of taps) {
    tap.getFloatTimeDomainData(heard);
    most = Math.max(most, rms(heard.subarray(-latest)));
  }
  return most;
}

/** When the first of what was heard lately was played; null where nothing was. */
function onset(): number | null {
  const found: number[] = [];
  for (const tap of taps) {
    const { sampleRate } = tap.context;
    const now = performance.now();
    tap.getFloatTimeDomainData(heard);
    const from = Math.max(0, heard.length - Math.floor(lately * sampleRate));
    for (let at = from; at < heard.length; at += block) {
      if (rms(heard.subarray(at, at + block)) < audible) continue;
      found.push(now - ((heard.length - at) / sampleRate) * 1000);
      break;
    }
  }
  return found.length === 0 ? null : Math.min(...found);
}

const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Resolves with the first sound. @returns when it was played, however late this page looked. */
export async function sound(): Promise<number> {
  const giveUp = performance.now() + 20_000;
  for (;;) {
    const at = onset();
    if (at !== null) return at;
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
