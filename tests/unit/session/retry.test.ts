import { expect, it } from 'vitest';
import { delayBefore } from '@/lib/session/retry';

it.each([
  [1, 0, 250],
  [1, 1, 500],
  [2, 1, 1000],
  [6, 1, 15_000],
  [6, 0, 7500],
  [7, 0, null],
])('waits before attempt %i (chance %f): %s ms', (attempt, chance, delay) => {
  expect(delayBefore(attempt, chance)).toBe(delay);
});
