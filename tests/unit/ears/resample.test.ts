import { describe, expect, it } from 'vitest';
import { decibels } from '@/lib/ears/level';
import { createResampler } from '@/lib/ears/resample';

const sine = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, n) =>
    Math.sin((2 * Math.PI * hertz * n) / rate),
  );

/** In blocks of these lengths, over and over. */
function resample(samples: Float32Array, from: number, to: number, lengths = [128]): Float32Array {
  const resampler = createResampler(from, to);
  const out: number[] = [];
  for (let at = 0, block = 0; at < samples.length; block += 1) {
    const length = lengths[block % lengths.length] ?? 128;
    out.push(...resampler.push(samples.subarray(at, at + length)));
    at += length;
  }
  out.push(...resampler.end());
  return Float32Array.from(out);
}

/** Without the ends, where a filter sees silence. */
const middle = (samples: Float32Array) => samples.subarray(samples.length / 4, samples.length / 2);

const rates = [8_000, 16_000, 44_100, 48_000, 96_000];

describe.each(rates)('from %i Hz to what a service wants', (from) => {
  it.each([16_000, 24_000, 8_000])('a tone keeps its level and its pitch at %i Hz', (to) => {
    const out = middle(resample(sine(440, from, 1), from, to));
    const wanted = middle(sine(440, to, 1));
    expect(Math.abs(decibels(out) - decibels(wanted))).toBeLessThan(0.1);
    const apart = out.map((sample, n) => sample - (wanted[n] ?? 0));
    expect(decibels(apart)).toBeLessThan(-50);
  });

  it('a second is a second, whatever the blocks', () => {
    for (const lengths of [[128], [1], [1024], [7, 333, 50]]) {
      expect(resample(sine(440, from, 1), from, 16_000, lengths)).toHaveLength(16_000);
    }
  });

  it('the blocks leave no seam', () => {
    const whole = resample(sine(440, from, 0.5), from, 16_000, [96_000]);
    expect(resample(sine(440, from, 0.5), from, 16_000, [7, 333, 50])).toEqual(whole);
  });
});

it.each([
  { from: 44_100, hertz: 9_500 },
  { from: 48_000, hertz: 8_100 },
  { from: 48_000, hertz: 12_000 },
  { from: 48_000, hertz: 15_000 },
  { from: 96_000, hertz: 17_000 },
  { from: 96_000, hertz: 31_000 },
])(
  'what 16 kHz cannot carry does not come back as another tone: $hertz of $from Hz',
  ({ from, hertz }) => {
    const tone = sine(hertz, from, 1);
    const rejected = decibels(middle(tone)) - decibels(middle(resample(tone, from, 16_000)));
    expect(rejected).toBeGreaterThan(60);
  },
);

it('a voice keeps its high sounds: 6.5 kHz comes through', () => {
  const out = resample(sine(6_500, 48_000, 1), 48_000, 16_000);
  expect(decibels(middle(out))).toBeGreaterThan(-4);
});

it('after half a minute in odd blocks the length is still exact', () => {
  const resampler = createResampler(44_100, 16_000);
  let length = 0;
  for (let block = 0; block < 30; block += 1) {
    for (const part of [11_025, 33_075]) length += resampler.push(new Float32Array(part)).length;
  }
  expect(length + resampler.end().length).toBe(30 * 16_000);
});
