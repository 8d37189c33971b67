import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createResampler } from '../../lib/ears/resample';
import { join } from './noise';
import { readWav } from './wav';

const run = promisify(execFile);

export interface Saying {
  /** As eSpeak NG calls it: `en-gb`, `en-us+f3`. */
  readonly voice: string;
  readonly text: string;
  /** Words a minute. */
  readonly pace: number;
}

/** The words spoken by eSpeak NG, at this rate. */
export async function say({ voice, text, pace }: Saying, rate: number): Promise<Float32Array> {
  const args = ['-v', voice, '-s', String(pace), '--stdout', text];
  const { stdout } = await run('espeak-ng', args, { encoding: 'buffer', maxBuffer: 2 ** 28 });
  const spoken = readWav(stdout);
  const resampler = createResampler(spoken.rate, rate);
  return join(resampler.push(spoken.samples), resampler.end());
}

/**
 * Where it is more than a breath: the first and the last sample of a loud stretch of 10 ms.
 *
 * @param depth - dB below the loudest that still count. At 35 the end of a spoken “s” is above, what
 * a synthesiser adds is below; at 25 it is what a browser's noise suppression leaves alone.
 */
export function edges(
  samples: Float32Array,
  rate: number,
  depth = 35,
): { from: number; to: number } {
  const length = rate / 100;
  const powers = Array.from({ length: Math.floor(samples.length / length) }, (_, n) =>
    samples
      .subarray(n * length, (n + 1) * length)
      .reduce((sum, sample) => sum + sample * sample, 0),
  );
  const threshold = Math.max(...powers) / 10 ** (depth / 10);
  const loud = (power: number) => power > threshold;
  return { from: powers.findIndex(loud) * length, to: (powers.findLastIndex(loud) + 1) * length };
}
