import { expect, test } from 'vitest';
import { resample } from '@/tests/emulators/media/resample';
import { decodeWav, encodeWav } from '@/tests/emulators/media/wav';
import { amplitude, level, sine } from '@/tests/unit/emulators/hearing';

test.each([8000, 16_000, 22_050, 48_000])('a WAV of %d Hz comes back as it was', (rate) => {
  const pcm = sine(440, rate, 0.5);
  const sound = decodeWav(encodeWav({ pcm, rate }));
  expect(sound.rate).toBe(rate);
  expect(sound.pcm).toEqual(pcm);
});

test('a WAV from a pipe claims more than it holds, and is read as far as it goes', () => {
  const wav = encodeWav({ pcm: sine(440, 8000, 0.1), rate: 8000 });
  wav.writeUInt32LE(0x7ffff000, 40);
  expect(decodeWav(wav).pcm).toHaveLength(800);
});

test('what lies before the samples is skipped', () => {
  const wav = encodeWav({ pcm: sine(440, 8000, 0.1), rate: 8000 });
  const list = Buffer.from('LIST\u0003\u0000\u0000\u0000abc\u0000', 'latin1');
  const longer = Buffer.concat([wav.subarray(0, 36), list, wav.subarray(36)]);
  expect(decodeWav(longer).pcm).toHaveLength(800);
});

test('something else than a WAV is refused', () => {
  expect(() => decodeWav(Buffer.from('ID3 this is not one'))).toThrow('not a WAV');
});

test.each([
  [22_050, 48_000],
  [48_000, 16_000],
  [44_100, 16_000],
  [16_000, 48_000],
])('a tone of 1 kHz keeps its pitch and level from %d to %d Hz', (from, to) => {
  const tone = resample(sine(1000, from, 1), from, to);
  expect(tone).toHaveLength(to);
  const middle = tone.slice(to * 0.25, to * 0.75);
  expect(amplitude(middle, to, 1000)).toBeCloseTo(10_000, -2);
  // Nothing else is in it: all of its power is that tone's.
  expect(level(middle)).toBeCloseTo(10_000 / 32_768 / Math.SQRT2, 3);
});

test.each([
  ['above what 16 kHz can hold is gone', 9500, 48_000, 16_000],
  ['mirrored by a higher rate is gone', 9500, 22_050, 48_000],
])('what would be %s', (_, frequency, from, to) => {
  const pcm = resample(sine(frequency, from, 1), from, to);
  const ghost = from > to ? to - frequency : from - frequency;
  const decibels = 20 * Math.log10(amplitude(pcm.slice(800, -800), to, ghost) / 10_000);
  expect(decibels).toBeLessThan(-50);
});
