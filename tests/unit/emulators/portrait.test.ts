import { describe, expect, test } from 'vitest';
import { createPortrait, type Frame } from '@/tests/emulators/media/portrait';
import { createVoice } from '@/tests/emulators/media/voice';

const open = [
  { viseme: 'aa', at: 0, weight: 1 },
  { viseme: 'sil', at: 500, weight: 1 },
] as const;

test.each([
  [320, 240],
  [640, 480],
  [180, 320],
])('a picture of %d × %d holds that many pixels of light and half as many of colour', (w, h) => {
  const { width, height, data } = createPortrait({ width: w, height: h }).at(0, []);
  expect([width, height]).toEqual([w, h]);
  expect(data).toHaveLength(w * h * 1.5);
});

test('the face is there: skin, hair and wall have each their own light', () => {
  const { width, height, data } = createPortrait().at(1000, []);
  expect(new Set(data.subarray(0, width * height)).size).toBeGreaterThan(40);
});

test('an opening mouth changes the picture where the mouth is, and hardly elsewhere', () => {
  const portrait = createPortrait();
  const [shut, wide] = [portrait.at(250, []), portrait.at(250, open)];
  const { top, bottom, count } = differing(shut, wide);
  expect(count).toBeGreaterThan(60);
  expect(top).toBeGreaterThan(shut.height * 0.4);
  expect(bottom).toBeLessThan(shut.height * 0.8);
});

test('it blinks within ten seconds', () => {
  const portrait = createPortrait();
  const moments = Array.from({ length: 250 }, (_, i) => portrait.at(i * 40, []));
  const eyes = moments.map(({ width, data }) => {
    const rows = data.subarray(60 * width, 110 * width);
    return rows.reduce((sum, light) => sum + light, 0) / rows.length;
  });
  expect(Math.max(...eyes) - Math.min(...eyes)).toBeGreaterThan(0.5);
});

test('a size changed while it runs holds from the next picture on, and is made even', () => {
  const portrait = createPortrait();
  portrait.resize(401, 223);
  const { width, height, data } = portrait.at(0, []);
  expect([width % 2, height % 2]).toEqual([0, 0]);
  expect(data).toHaveLength(width * height * 1.5);
});

describe('cheap enough for a machine that does other things', () => {
  test('the same picture is painted once', () => {
    const portrait = createPortrait();
    expect(portrait.at(4000, [])).toBe(portrait.at(12_000_000 + 4000, []));
  });

  test('ten seconds of talk take less than a tenth of a core', async () => {
    const { cues, durationMs } = await createVoice({ force: 'stand-in' }).speak(
      'The moons of Jupiter were found by Galileo in the winter of sixteen hundred and ten, with a telescope that he had made himself.',
    );
    const portrait = createPortrait();
    const before = process.cpuUsage();
    for (let now = 0; now < durationMs; now += 1000 / 15) portrait.at(now, cues);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000 / durationMs).toBeLessThan(0.1);
  });
});

/** Where the light of two pictures differs: first and last row, and how many pixels. */
function differing(one: Frame, other: Frame): { top: number; bottom: number; count: number } {
  const { width, height } = one;
  const found = Array.from({ length: width * height }, (_, i) => i).filter(
    (i) => Math.abs((one.data[i] ?? 0) - (other.data[i] ?? 0)) > 24,
  );
  const row = (i: number | undefined) => Math.floor((i ?? 0) / width);
  return { top: row(found[0]), bottom: row(found.at(-1)), count: found.length };
}
