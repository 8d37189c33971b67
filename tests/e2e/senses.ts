import { until } from './until';
import type { View } from './view';

/** How many pictures of the maker's video the panel has shown so far. */
export async function picturesIn(panel: View): Promise<number> {
  return panel.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement & { mozPaintedFrames?: number }>('video');
    // Firefox counts none for a stream, but what it has painted.
    return video?.getVideoPlaybackQuality().totalVideoFrames || (video?.mozPaintedFrames ?? 0);
  });
}

/**
 * From now on it is heard what the panel plays: by elements, in the document or not, and without
 * one. To be lent before it begins.
 */
export async function lendEar(panel: View): Promise<void> {
  await panel.evaluate(() => {
    if (globalThis.visavisEar) return;
    const played: AnalyserNode[] = [];
    const elements = new Set<HTMLMediaElement>();
    globalThis.visavisEar = { context: new AudioContext(), taps: new Map(), played, elements };
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function heard(this: HTMLMediaElement) {
      elements.add(this);
      return Reflect.apply(play, this, []);
    };
    const { connect } = AudioNode.prototype;
    AudioNode.prototype.connect = function tapped(this: AudioNode, ...to: unknown[]) {
      if (to[0] instanceof AudioDestinationNode) {
        const analyser = new AnalyserNode(this.context, { fftSize: 4096 });
        Reflect.apply(connect, this, [analyser]);
        played.push(analyser);
      }
      return Reflect.apply(connect, this, to);
    } as typeof connect;
  });
}

/**
 * How loud the panel is right now, over the last tenth of a second: the root mean square of all
 * that plays, 0 to 1. Taken from the sound itself, not from what anybody says of it.
 */
async function loudnessIn(panel: View): Promise<number> {
  return panel.evaluate(async () => {
    const ear = globalThis.visavisEar;
    if (!ear) return 0;
    // Not awaited: a browser that wants a click first does not answer before it.
    void ear.context.resume();
    const playing = [...ear.elements].flatMap(({ srcObject, muted, paused }) =>
      srcObject instanceof MediaStream && !muted && !paused ? [srcObject] : [],
    );
    for (const stream of playing) {
      if (ear.taps.has(stream) || stream.getAudioTracks().length === 0) continue;
      const analyser = new AnalyserNode(ear.context, { fftSize: 4096 });
      ear.context.createMediaStreamSource(stream).connect(analyser);
      ear.taps.set(stream, analyser);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    const heard = playing.flatMap((stream) => ear.taps.get(stream) ?? []);
    const levels = [...heard, ...ear.played].map((analyser) => {
      const samples = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(samples);
      return Math.hypot(...samples) / Math.sqrt(samples.length);
    });
    return Math.max(0, ...levels);
  });
}

/** Speech is above it by far, a silent line below. */
const audible = 0.005;

export async function soundIn(panel: View): Promise<void> {
  await until('sound', async () => (await loudnessIn(panel)) > audible);
}

/** For half a second without a break, since speech has pauses. */
export async function silenceIn(panel: View): Promise<void> {
  let quiet = 0;
  await until('silence', async () => {
    quiet = (await loudnessIn(panel)) > audible ? 0 : quiet + 1;
    return quiet >= 5;
  });
}

declare global {
  var visavisEar:
    | {
        context: AudioContext;
        elements: Set<HTMLMediaElement>;
        /** What they play. */
        taps: Map<MediaStream, AnalyserNode>;
        /** What goes to the loudspeaker without one. */
        played: AnalyserNode[];
      }
    | undefined;
}
