/** Loudness of a stretch of sound, dB below full scale; silence is the bottom. */
export function decibels(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(bottom, 10 * Math.log10(sum / Math.max(samples.length, 1) + 1e-12));
}

const bottom = -100;

/** What a meter shows, 0 to 1: from a quiet room to a voice close by. */
export function levelOf(loudness: number): number {
  return Math.min(1, Math.max(0, (loudness + 60) / 50));
}

/** As 16-bit samples; what is too loud is cut off at the top, as it was in the microphone. */
export function toInt16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) =>
    Math.round(Math.min(1, Math.max(-1, sample)) * 0x7fff),
  );
}
