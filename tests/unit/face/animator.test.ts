import { expect, test } from 'vitest';
import { createAnimator } from '@/lib/face/animator';
import type { Shape } from '@/lib/face/shape';
import { createStage, extentOf, moon, numbersIn, person, shapeOf, spoken } from './frames';

function perform(change: { seen?: boolean; still?: boolean } = {}) {
  const stage = createStage();
  stage.change(change);
  const pictures: { at: number; shapes: readonly Shape[] }[] = [];
  const animator = createAnimator({
    paint: (shapes) => pictures.push({ at: stage.clock.now(), shapes }),
    clock: stage.clock,
    audience: stage.audience,
    look: person,
    life: { pose: 'attentive', gaze: 'reader', emotion: 'neutral', page: 'left', seed: 11 },
  });
  const since = (from: number) => pictures.filter(({ at }) => at > from);
  return {
    ...stage,
    animator,
    pictures,
    /** How many pictures were painted while time passed. */
    during: (milliseconds: number) => {
      const from = stage.clock.now();
      stage.pass(milliseconds);
      return since(from).length;
    },
    latest: () => pictures.at(-1)?.shapes ?? [],
    open: () => extentOf(shapeOf(pictures.at(-1)?.shapes ?? [], 'mouth')).height,
  };
}

/** An "ah" of so many milliseconds. */
function held(lasts: number, from: number) {
  return spoken(
    [
      ['aa', lasts],
      ['sil', 0],
    ],
    from,
  );
}

test('the first picture is there at once', () => {
  expect(perform().pictures).toHaveLength(1);
});

test('at rest no second of two minutes has more than 15 frames, and no second is frozen', () => {
  const { pass, pictures } = perform();
  pass(120_000);
  const times = pictures.map(({ at }) => at);
  let [most, fewest] = [0, Infinity];
  let end = 0;
  for (const [start, at] of times.entries()) {
    if (at > 123_000) break;
    while ((times[end] ?? Infinity) <= at + 1000) end += 1;
    most = Math.max(most, end - start);
    fewest = Math.min(fewest, end - start);
  }
  expect(most).toBeLessThanOrEqual(15);
  expect(fewest).toBeGreaterThanOrEqual(5);
});

test('while it speaks it paints every frame of the display, then rests again', () => {
  const { animator, clock, during } = perform();
  const sounds = spoken(
    Array.from({ length: 10 }, (_, i) => [i % 2 ? 'DD' : 'aa', 100] as const),
    clock.now() + 50,
  );
  animator.cues(sounds);
  expect(during(1000)).toBeGreaterThanOrEqual(59);
  during(1000);
  expect(during(1000)).toBeLessThanOrEqual(15);
});

test('a change of pose moves at the rate of the display and is over within a second', () => {
  const { animator, during } = perform();
  during(1000);
  animator.pose('thinking');
  expect(during(500)).toBeGreaterThanOrEqual(29);
  during(500);
  expect(during(1000)).toBeLessThanOrEqual(15);
});

test('hidden, nothing is painted and nothing is planned, even while it speaks', () => {
  const { animator, clock, change, during, planned } = perform();
  change({ seen: false });
  animator.cues(held(500, clock.now()));
  animator.pose('speaking');
  animator.level(0.8);
  expect(during(60_000)).toBe(0);
  expect(planned()).toBe(0);
});

test('seen again, it goes on', () => {
  const { change, during } = perform();
  change({ seen: false });
  during(5000);
  change({ seen: true });
  expect(during(1000)).toBeGreaterThan(4);
});

test('a reader who wants no motion gets one picture, and one more for each change', () => {
  const { animator, clock, during } = perform({ still: true });
  expect(during(60_000)).toBe(0);
  animator.pose('listening');
  animator.gaze('page');
  expect(during(10_000)).toBe(1);
  animator.emotion('joy');
  expect(during(10_000)).toBe(1);
  animator.look(moon);
  expect(during(10_000)).toBe(1);
  animator.cues(held(500, clock.now()));
  animator.level(0.7);
  expect(during(10_000)).toBe(0);
});

test('the wish for no motion is obeyed from the moment it is made', () => {
  const { change, during } = perform();
  during(1000);
  change({ still: true });
  expect(during(10_000)).toBe(1);
  change({ still: false });
  expect(during(1000)).toBeGreaterThan(4);
});

test('what changes nothing paints nothing', () => {
  const { animator, during } = perform({ still: true });
  animator.pose('attentive');
  animator.gaze('reader');
  animator.emotion('neutral');
  animator.cues([]);
  expect(during(5000)).toBe(0);
});

test('no cues at all close the mouth within a fifth of a second', () => {
  const { animator, clock, during, open } = perform();
  const shut = open();
  animator.cues(held(3000, clock.now()));
  during(500);
  expect(open()).toBeGreaterThan(shut + 12);
  animator.cues([]);
  during(200);
  expect(open()).toBeLessThan(shut + 2);
});

test('cues that arrive in pieces are said as one sentence', () => {
  const { animator, clock, during, open } = perform();
  const shut = open();
  const start = clock.now();
  animator.cues(
    spoken(
      [
        ['aa', 300],
        ['PP', 100],
      ],
      start,
    ),
  );
  animator.cues(held(400, start + 400));
  during(360);
  expect(open()).toBeLessThan(shut + 4);
  during(240);
  expect(open()).toBeGreaterThan(shut + 12);
});

test('cues that come too late do not make the mouth jump', () => {
  const { animator, clock, pass, pictures } = perform();
  pass(2000);
  animator.cues(held(600, clock.now() - 200));
  const before = pictures.length - 1;
  pass(400);
  const frames = pictures.slice(before).map(({ shapes }) => numbersIn(shapeOf(shapes, 'mouth').d));
  for (const [i, frame] of frames.slice(1).entries()) {
    const old = frames[i] ?? [];
    // The first picture before may be 160 ms old, in which the resting head sways a little.
    expect(
      Math.max(...frame.map((value, k) => Math.abs(value - (old[k] ?? Infinity)))),
    ).toBeLessThan(9);
  }
});

test('the ring breathes with the reader and comes to rest', () => {
  const { animator, during, latest } = perform();
  const width = () => extentOf(shapeOf(latest(), 'ring')).width;
  animator.pose('listening');
  during(1000);
  const quiet = width();
  animator.level(0.9);
  during(300);
  expect(width()).toBeGreaterThan(quiet + 8);
  animator.level(0);
  during(2000);
  expect(width()).toBeCloseTo(quiet, 0);
  expect(during(1000)).toBeLessThanOrEqual(15);
});

test('a changed look is painted', () => {
  const { animator, during, latest } = perform();
  animator.look({ ...person, face: '#112233' });
  during(100);
  expect(shapeOf(latest(), 'face').fill).toBe('#112233');
});

test('disposed, it plans nothing and watches nobody', () => {
  const { animator, during, planned, state } = perform();
  animator.dispose();
  expect(planned()).toBe(0);
  expect(state.watched).toBe(false);
  expect(during(5000)).toBe(0);
});
