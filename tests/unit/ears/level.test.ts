import { expect, it } from 'vitest';
import { decibels, levelOf, toInt16 } from '@/lib/ears/level';

it('what is too loud is cut off at the top, and never comes out as its opposite', () => {
  const samples = toInt16(Float32Array.of(0, 0.5, 1, 1.5, 40, -1, -1.5, -40));
  expect([...samples]).toEqual([0, 16_384, 32_767, 32_767, 32_767, -32_767, -32_767, -32_767]);
});

it('the meter stays between nothing and all, from silence to clipping', () => {
  for (const loud of [0, 1e-9, 0.001, 0.1, 1, 40]) {
    const level = levelOf(decibels(new Float32Array(320).fill(loud)));
    expect(level).toBeGreaterThanOrEqual(0);
    expect(level).toBeLessThanOrEqual(1);
  }
  expect(levelOf(decibels(new Float32Array(320)))).toBe(0);
  expect(levelOf(decibels(new Float32Array()))).toBe(0);
});
