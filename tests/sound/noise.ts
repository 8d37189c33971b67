export type NoiseKind = 'hiss' | 'room' | 'fan';

/** The same every time: chance is a number of a row that a seed begins (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * What is in a room without a voice: `hiss` has all pitches alike, `room` more of the low ones, `fan`
 * rumbles and hums, and swells a little as it turns.
 *
 * @param loudness - of the whole, dB below full scale.
 */
export function noise(options: {
  readonly kind: NoiseKind;
  readonly rate: number;
  readonly seconds: number;
  readonly loudness: number;
  readonly seed: number;
}): Float32Array {
  const { kind, rate, seconds, loudness, seed } = options;
  const next = chance(seed);
  const white = () => next() + next() + next() + next() - 2;
  const poles = kind === 'hiss' ? [] : kind === 'room' ? [0.6, 0.95] : [0.9, 0.985];
  const states = poles.map(() => 0);
  const samples = Float32Array.from({ length: Math.round(rate * seconds) }, (_, n) => {
    const drawn = white();
    if (kind === 'hiss') return drawn;
    let sum = 0.15 * drawn;
    poles.forEach((pole, index) => {
      states[index] = pole * (states[index] ?? 0) + (1 - pole) * drawn * 3;
      sum += states[index] ?? 0;
    });
    if (kind === 'room') return sum;
    const time = n / rate;
    const hum = 0.2 * Math.sin(2 * Math.PI * 120 * time) + 0.1 * Math.sin(2 * Math.PI * 240 * time);
    return (sum + hum) * (1 + 0.1 * Math.sin(2 * Math.PI * 0.7 * time));
  });
  return loud(samples, loudness);
}

/** As loud as wanted, dB below full scale. */
export function loud(samples: Float32Array, loudness: number): Float32Array {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  const factor = 10 ** (loudness / 20) / Math.sqrt(power / samples.length + 1e-20);
  return samples.map((sample) => sample * factor);
}

/** Sounds at the same time; as long as the first. */
export function mix(first: Float32Array, second: Float32Array, from = 0): Float32Array {
  return first.map((sample, n) => sample + (second[n - from] ?? 0));
}

/** Sounds one after the other. */
export function join(...parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
