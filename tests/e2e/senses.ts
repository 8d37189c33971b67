import { until } from './until';
import type { View } from './view';

/** How many pictures of the vendor's video the panel has decoded so far. */
export async function picturesIn(panel: View): Promise<number> {
  return panel.evaluate(
    () => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
  );
}

/**
 * How loud the panel is right now, over the last tenth of a second: the root mean square of all
 * that plays from a stream, 0 to 1. Taken from the sound itself, not from what anybody says of it.
 */
export async function loudnessIn(panel: View): Promise<number> {
  return panel.evaluate(async () => {
    const ear = (globalThis.visavisEar ??= { context: new AudioContext(), taps: new Map() });
    await ear.context.resume();
    const playing = [...document.querySelectorAll<HTMLMediaElement>('video, audio')].filter(
      ({ srcObject, muted, paused }) => srcObject instanceof MediaStream && !muted && !paused,
    );
    for (const { srcObject } of playing) {
      const stream = srcObject as MediaStream;
      if (ear.taps.has(stream) || stream.getAudioTracks().length === 0) continue;
      const analyser = new AnalyserNode(ear.context, { fftSize: 4096 });
      ear.context.createMediaStreamSource(stream).connect(analyser);
      ear.taps.set(stream, analyser);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    const levels = playing.map(({ srcObject }) => {
      const analyser = ear.taps.get(srcObject as MediaStream);
      if (!analyser) return 0;
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
  var visavisEar: { context: AudioContext; taps: Map<MediaStream, AnalyserNode> } | undefined;
}
