/** Root mean square of samples, 0 to 1. */
export function level(pcm: Int16Array): number {
  return Math.sqrt(pcm.reduce((sum, one) => sum + (one / 32_768) ** 2, 0) / (pcm.length || 1));
}

export function sine(frequency: number, rate: number, seconds: number): Int16Array {
  return Int16Array.from({ length: rate * seconds }, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * frequency * i) / rate)),
  );
}

/** How much of one frequency is in it: its amplitude, by a single bin of the Fourier transform. */
export function amplitude(pcm: Int16Array, rate: number, frequency: number): number {
  let [re, im] = [0, 0];
  pcm.forEach((sample, i) => {
    const turn = (2 * Math.PI * frequency * i) / rate;
    re += sample * Math.cos(turn);
    im += sample * Math.sin(turn);
  });
  return (2 * Math.hypot(re, im)) / pcm.length;
}
