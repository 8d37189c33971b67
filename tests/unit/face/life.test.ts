import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blinkAt, untilBlink } from '@/lib/face/blink';
import { emotions, visemes, type Pose } from '@/lib/face/cue';
import { draw } from '@/lib/face/draw';
import { lifeAt, stillLife, type Life } from '@/lib/face/life';
import { moon, numbersIn, person, spoken } from './frames';

const life: Life = {
  pose: 'attentive',
  emotion: 'neutral',
  gaze: 'reader',
  cues: [],
  page: 'left',
  seed: 7,
};
const poses: readonly Pose[] = [
  'asleep',
  'attentive',
  'listening',
  'thinking',
  'speaking',
  'troubled',
];

/** When the lids begin to shut, over ten minutes. */
function blinksOf(seed: number): number[] {
  const starts: number[] = [];
  for (let now = 0; now < 600_000; now += 10) {
    if (blinkAt(seed, now) > 0 && blinkAt(seed, now - 10) === 0) starts.push(now);
  }
  return starts;
}

test.each([1, 7, 99])(
  'over ten minutes seed %i blinks every 2 to 6 s, and sometimes twice',
  (seed) => {
    const starts = blinksOf(seed);
    const gaps = starts.slice(1).map((start, i) => start - (starts[i] ?? 0));
    const doubles = gaps.filter((gap) => gap < 500);
    const singles = gaps.filter((gap) => gap >= 500);
    expect(Math.max(...singles)).toBeLessThanOrEqual(6020);
    // After a double blink, the next is counted from its second half.
    expect(Math.min(...singles)).toBeGreaterThanOrEqual(2000 - 330);
    expect(starts.length / 10).toBeGreaterThan(13);
    expect(starts.length / 10).toBeLessThan(22);
    expect(doubles.length).toBeGreaterThan(5);
  },
);

test('a blink shuts the eyes wholly, and is announced', () => {
  const wait = untilBlink(7, 1000);
  expect(wait).toBeGreaterThan(0);
  expect(blinkAt(7, 1000 + wait)).toBe(0);
  expect(blinkAt(7, 1000 + wait + 75)).toBeCloseTo(1, 2);
  expect(untilBlink(7, 1000 + wait + 75)).toBe(0);
});

test('the same moment of the same life is always the same face', () => {
  expect(lifeAt(life, 123_456)).toEqual(lifeAt(life, 123_456));
  expect(lifeAt(life, 123_456)).not.toEqual(lifeAt({ ...life, seed: 8 }, 123_456));
});

test('it breathes once in four seconds', () => {
  const breath = [0, 1000, 2000, 3000, 4000].map((now) => lifeAt(life, now).breath);
  expect(breath.map((value) => Number(value.toFixed(2)))).toEqual([0, 0.5, 1, 0.5, 0]);
});

test.each([
  ['the page on its left', { gaze: 'page' }, 'gazeX', -0.5],
  ['the page on its right', { gaze: 'page', page: 'right' }, 'gazeX', 0.5],
  ['the composer', { gaze: 'composer' }, 'gazeY', 0.5],
  ['up and aside in thought', { pose: 'thinking' }, 'gazeY', -0.5],
] as const)('it looks at %s', (_, change, axis, least) => {
  const face = stillLife({ ...life, ...change });
  expect(face[axis] * Math.sign(least)).toBeGreaterThan(Math.abs(least));
});

test('asleep, it keeps its eyes shut and says nothing', () => {
  const asleep: Life = { ...life, pose: 'asleep', cues: spoken([['aa', 3000]]) };
  for (let now = 0; now < 8000; now += 100) {
    const { lidLeft, lidRight, jaw } = lifeAt(asleep, now);
    expect([lidLeft, lidRight, jaw]).toEqual([0, 0, 0]);
  }
});

test('a listener tilts the head', () => {
  const tilt = stillLife({ ...life, pose: 'listening' }).roll - stillLife(life).roll;
  expect(tilt).toBeGreaterThan(0.2);
});

test('brows rise on a strong vowel and stay down on a weak one', () => {
  const brow = (weight: number) => {
    const cues = spoken([
      ['DD', 80],
      ['aa', 160],
      ['nn', 80],
    ]).map((cue) => ({ ...cue, weight }));
    return lifeAt({ ...life, cues }, 1120).browLeft;
  };
  expect(brow(1)).toBeGreaterThan(brow(0.4) + 0.05);
});

test.each(poses)('still life of a portrait that is %s has no breath in it', (pose) => {
  expect(stillLife({ ...life, pose }).breath).toBe(0);
});

test.each([
  ['person', person],
  ['moon', moon],
] as const)('frame by frame, no point of a %s jumps', (_, look) => {
  const cues = spoken(
    Array.from(
      { length: 40 },
      (_, i) => [visemes[(i * 7) % 15] ?? 'sil', 40 + ((i * 37) % 90)] as const,
    ),
    500,
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...poses),
      fc.constantFrom(...emotions),
      fc.integer({ min: 0, max: 5000 }),
      (pose, emotion, now) => {
        const talking = { ...life, pose, emotion, cues };
        const before = draw(lifeAt(talking, now), look);
        const after = draw(lifeAt(talking, now + 16), look);
        for (const [i, { d, part }] of after.entries()) {
          const old = numbersIn(before[i]?.d ?? '');
          const moved = numbersIn(d).map((value, k) => Math.abs(value - (old[k] ?? Infinity)));
          // A full stroke of jaw or lid is some 30 units in 75 ms: 8 in a frame.
          expect(Math.max(...moved), `${part} at ${now}`).toBeLessThan(8);
        }
      },
    ),
    { numRuns: 150 },
  );
});
