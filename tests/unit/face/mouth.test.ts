import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visemes, type Viseme, type VisemeCue } from '@/lib/face/cue';
import { shut } from '@/lib/face/expression';
import { mouths } from '@/lib/face/faces';
import { mouthAt, silentFrom } from '@/lib/face/mouth';
import { spoken } from './frames';

/** The most a full-size number may move in a millisecond: see `stroke` and `fade`. */
const limit = 1 / 60;

const cueTrains = fc
  .array(
    fc.record({
      viseme: fc.constantFrom(...visemes),
      lasts: fc.integer({ min: 0, max: 250 }),
      weight: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((sounds) => {
    let at = 0;
    return sounds.map(({ viseme, lasts, weight }): VisemeCue => {
      const cue = { viseme, at, weight };
      at += lasts;
      return cue;
    });
  });

/** The lowest the jaw gets between two moments, looked at every 4 ms. */
function lowestJaw(cues: readonly VisemeCue[], from: number, until: number): number {
  let lowest = 1;
  for (let now = from; now <= until; now += 4) lowest = Math.min(lowest, mouthAt(cues, now).jaw);
  return lowest;
}

test('a mouth without words is shut', () => {
  expect(mouthAt([], 1234)).toEqual(shut);
});

test.each<Viseme>(visemes.filter((viseme) => viseme !== 'sil'))(
  'held long enough, %s reaches its own shape',
  (viseme) => {
    const mouth = mouthAt(
      spoken([
        [viseme, 600],
        ['sil', 100],
      ]),
      1240,
    );
    for (const [part, value] of Object.entries(mouths[viseme])) {
      expect(mouth[part as keyof typeof mouth], part).toBeCloseTo(value, 1);
    }
  },
);

test.each<[Viseme, number]>([
  ['aa', 80],
  ['E', 70],
  ['O', 60],
  ['I', 45],
])('the lips meet for a p between two %s, though it lasts only %i ms', (vowel, lasts) => {
  const cues = spoken([
    [vowel, 120],
    ['PP', lasts],
    [vowel, 120],
  ]);
  expect(lowestJaw(cues, 1040, 1200)).toBeLessThan(0.03);
});

test('the lips are pressed while they meet', () => {
  const cues = spoken([
    ['aa', 120],
    ['PP', 80],
    ['aa', 120],
  ]);
  expect(mouthAt(cues, 1100).press).toBeGreaterThan(0.75);
});

test('an f lays the upper teeth on the lower lip', () => {
  const mouth = mouthAt(
    spoken([
      ['aa', 120],
      ['FF', 90],
      ['aa', 120],
    ]),
    1105,
  );
  expect(mouth.teeth).toBeGreaterThan(0.75);
  expect(mouth.tuck).toBeGreaterThan(0.75);
  expect(mouth.jaw).toBeLessThan(0.35);
});

test('a u not yet spoken already rounds the sound in front of it', () => {
  const before = (next: Viseme) =>
    mouthAt(
      spoken([
        ['DD', 80],
        [next, 150],
      ]),
      1010,
    ).round;
  expect(before('U')).toBeGreaterThan(before('I') + 0.2);
});

test('the mouth is ahead of the sound by about 60 ms', () => {
  const cues = spoken([
    ['aa', 300],
    ['sil', 100],
  ]);
  const jaw = (sinceSound: number) => mouthAt(cues, 1000 + sinceSound).jaw;
  expect(jaw(-100)).toBeLessThan(0.02);
  expect(jaw(-30)).toBeGreaterThan(0.2);
  expect(jaw(0)).toBeGreaterThan(0.5);
});

test('after the last word the mouth closes, and stays shut', () => {
  const cues = spoken([
    ['aa', 120],
    ['O', 140],
  ]);
  const end = silentFrom(cues);
  expect(mouthAt(cues, 1150).jaw).toBeGreaterThan(0.4);
  for (const later of [0, 100, 1000, 60_000])
    expect(mouthAt(cues, end + later).jaw).toBeLessThan(0.01);
});

test('twenty sounds a second do not make the mouth flicker', () => {
  const cues = spoken(Array.from({ length: 40 }, (_, i) => [i % 2 ? 'PP' : 'aa', 50] as const));
  const frames = Array.from({ length: 100 }, (_, i) => mouthAt(cues, 1100 + i * 16).jaw);
  expect(Math.max(...frames) - Math.min(...frames)).toBeLessThan(0.25);
});

test('whatever is said and however fast, no part of the mouth breaks its speed limit', () => {
  fc.assert(
    fc.property(
      cueTrains,
      fc.integer({ min: -300, max: 3000 }),
      fc.integer({ min: 1, max: 16 }),
      (cues, now, step) => {
        const [before, after] = [mouthAt(cues, now), mouthAt(cues, now + step)];
        for (const part of ['jaw', 'wide', 'round', 'press', 'teeth', 'tuck', 'tongue'] as const) {
          expect(Math.abs(after[part] - before[part])).toBeLessThanOrEqual(step * limit + 1e-9);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('whatever is said, every number keeps within its range', () => {
  fc.assert(
    fc.property(cueTrains, fc.integer({ min: -300, max: 4000 }), (cues, now) => {
      for (const value of Object.values(mouthAt(cues, now))) {
        expect(value).toBeGreaterThanOrEqual(-1);
        expect(value).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('a louder sound opens the mouth wider than a faint one', () => {
  const jaw = (weight: number) =>
    mouthAt(
      [
        { viseme: 'aa', at: 0, weight },
        { viseme: 'sil', at: 300, weight: 1 },
      ],
      90,
    ).jaw;
  expect(jaw(1)).toBeGreaterThan(jaw(0.3) + 0.2);
});
