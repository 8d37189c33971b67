import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draw } from '@/lib/face/draw';
import { features, rest, type Expression } from '@/lib/face/expression';
import { mouths } from '@/lib/face/faces';
import type { Viseme } from '@/lib/face/cue';
import { extentOf, moon, numbersIn, person, shapeOf } from './frames';

const looks = [
  ['person', person],
  ['moon', moon],
] as const;

const anyExpression: fc.Arbitrary<Expression> = fc
  .tuple(...features.map(() => fc.double({ min: -1.3, max: 1.3, noNaN: true })))
  .map((numbers) => ({
    ...rest,
    ...Object.fromEntries(features.map((name, i) => [name, numbers[i] ?? 0])),
  }));

function saying(viseme: Viseme, look = person) {
  return draw({ ...rest, ...mouths[viseme] }, look);
}

test.each(looks)('every picture of a %s is made of numbers, near the frame', (_, look) => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      for (const { d, part } of draw(expression, look)) {
        expect(d, part).not.toMatch(/NaN|Infinity|undefined|e[-+]?\d/u);
        expect(Math.max(...numbersIn(d).map(Math.abs)), part).toBeLessThan(700);
      }
    }),
    { numRuns: 60 },
  );
});

test.each(looks)('a %s always has the same parts in the same order', (_, look) => {
  const names = (expression: Expression) => draw(expression, look).map(({ part }) => part);
  fc.assert(
    fc.property(anyExpression, (expression) => {
      expect(names(expression)).toEqual(names(rest));
    }),
    { numRuns: 20 },
  );
  expect(new Set(names(rest)).size).toBe(names(rest).length);
});

test.each(looks)(
  'the mouth of a %s is shut in silence and for a p, and wide open for an ah',
  (_, look) => {
    const height = (viseme: Viseme) => extentOf(shapeOf(saying(viseme, look), 'mouth')).height;
    expect(height('aa')).toBeGreaterThan(height('sil') + 12);
    expect(height('PP')).toBeLessThan(6);
    expect(height('E')).toBeGreaterThan(height('I'));
  },
);

test.each(looks)('the mouth of a %s draws in for an oo and spreads for an ee', (_, look) => {
  const width = (viseme: Viseme) => extentOf(shapeOf(saying(viseme, look), 'mouth')).width;
  expect(width('U')).toBeLessThan(width('sil') * 0.72);
  expect(width('I')).toBeGreaterThan(width('sil') * 1.08);
});

test.each(looks)('the teeth of a %s show for an f, and not for an oo', (_, look) => {
  const teeth = (viseme: Viseme) => extentOf(shapeOf(saying(viseme, look), 'teeth')).height;
  const flat = (viseme: Viseme) => extentOf(shapeOf(saying(viseme, look), 'mouth')).height;
  expect(teeth('FF')).toBeGreaterThan(flat('FF') * 0.6);
  expect(teeth('U')).toBeLessThan(flat('U'));
});

test('shut lids hide the eye', () => {
  const asleep = draw({ ...rest, lidLeft: 0, lidRight: 0 }, person);
  const awake = draw(rest, person);
  for (const part of ['irisLeft', 'irisRight']) {
    expect(extentOf(shapeOf(asleep, part)).height).toBeLessThan(
      extentOf(shapeOf(awake, part)).height / 4,
    );
  }
});

test.each(looks)('the eyes of a %s go where they look', (_, look) => {
  const pupil = look.skin === 'moon' ? 'eyeLeft' : 'pupilLeft';
  const middle = (gazeX: number) => {
    const xs = numbersIn(shapeOf(draw({ ...rest, gazeX }, look), pupil).d).filter(
      (_, i) => i % 2 === 0,
    );
    return (Math.max(...xs) + Math.min(...xs)) / 2;
  };
  expect(middle(1) - middle(-1)).toBeGreaterThan(5);
});

test('asleep, the colours go', () => {
  const colour = (asleep: number) => {
    const { fill } = shapeOf(draw({ ...rest, asleep }, person), 'face');
    const [red = 0, , blue = 0] = [1, 3, 5].map((at) =>
      Number.parseInt(fill.slice(at, at + 2), 16),
    );
    return Math.abs(red - blue);
  };
  expect(colour(1)).toBeLessThan(colour(0) / 4);
});

test('each colour of the look is in the picture', () => {
  const look = { ...person, face: '#a06040', hair: '#806020', clothes: '#304050' };
  const fills = new Set(draw(rest, look).map(({ fill }) => fill));
  for (const tone of [look.face, look.hair, look.clothes]) expect(fills).toContain(tone);
});

test('the listening ring is there only for a listener, and grows with the voice', () => {
  const ring = (more: Partial<Expression>) => shapeOf(draw({ ...rest, ...more }, person), 'ring');
  expect(ring({}).opacity).toBe(0);
  expect(ring({ ring: 1 }).opacity).toBe(1);
  expect(extentOf(ring({ ring: 1, level: 1 })).width).toBeGreaterThan(
    extentOf(ring({ ring: 1 })).width + 8,
  );
});
