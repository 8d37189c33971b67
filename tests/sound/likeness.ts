import { resample } from '../emulators/media/resample';
import type { Sound } from '../emulators/media/wav';
import { edges } from './espeak';
import { bands, correlation } from './spectrum';

const rate = 16_000;
/** dB below the loudest that still are the voice on both sides. */
const depth = 25;

/** How what arrived compares with what was said (mono, 16 kHz), each from its first loud sound to its last. */
export function compare({ pcm, rate: from }: Sound, said: Float32Array) {
  const arrived = Float32Array.from(resample(pcm, from, rate), (sample) => sample / 0x8000);
  const [one, other] = [arrived, said].map((samples) => {
    const { from, to } = edges(samples, rate, depth);
    return samples.subarray(from, to);
  }) as [Float32Array, Float32Array];
  return {
    /** 1: as long. */
    duration: one.length / other.length,
    /** 1: the same spectrum but for loudness. */
    spectrum: correlation(bands(one, rate), bands(other, rate)),
    /** What came besides, before and after it, seconds. */
    besides: (arrived.length - one.length) / rate,
  };
}
