/** How loud a sound is in each of a number of bands from 100 Hz to 7 kHz, dB; its pauses do not count. */
export function bands(samples: Float32Array, rate: number, count = 24): number[] {
  const length = 1024;
  const edges = Array.from(
    { length: count + 1 },
    (_, n) => 100 * 70 ** (n / count) * (length / rate),
  );
  const sums = Array.from({ length: count }, () => 1e-12);
  for (let at = 0; at + length <= samples.length; at += length / 2) {
    const power = spectrumOf(samples.subarray(at, at + length));
    for (let band = 0; band < count; band += 1) {
      const [from = 0, to = 0] = [edges[band], edges[band + 1]];
      for (let bin = Math.floor(from); bin < Math.max(to, Math.floor(from) + 1); bin += 1) {
        sums[band] = (sums[band] ?? 0) + (power[bin] ?? 0);
      }
    }
  }
  return sums.map((sum) => 10 * Math.log10(sum));
}

/** Pearson's: 1 is the same but for loudness. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  let [both, ones, others] = [0, 0, 0];
  one.forEach((value, n) => {
    const [x, y] = [value - a, (other[n] ?? 0) - b];
    both += x * y;
    ones += x * x;
    others += y * y;
  });
  return both / Math.sqrt(ones * others);
}

/** Power by bin, under a Hann window: a radix-2 transform in place. */
function spectrumOf(samples: Float32Array): Float64Array {
  const { length } = samples;
  const re = Float64Array.from(
    samples,
    (sample, n) => sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length)),
  );
  const im = new Float64Array(length);
  for (let i = 1, j = 0; i < length; i += 1) {
    let bit = length >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
  }
  for (let size = 2; size <= length; size *= 2) {
    for (let start = 0; start < length; start += size) {
      for (let k = 0; k < size / 2; k += 1) {
        const angle = (-2 * Math.PI * k) / size;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const [a, b] = [start + k, start + k + size / 2];
        const [rb, ib] = [re[b] ?? 0, im[b] ?? 0];
        const [r, i] = [rb * c - ib * s, rb * s + ib * c];
        const [ra, ia] = [re[a] ?? 0, im[a] ?? 0];
        re[a] = ra + r;
        im[a] = ia + i;
        re[b] = ra - r;
        im[b] = ia - i;
      }
    }
  }
  return re.map((value, n) => value * value + (im[n] ?? 0) ** 2);
}
