import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coming } from '@/lib/coming';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('gives what comes', async () => {
  expect(await coming(Promise.resolve('a part'))).toBe('a part');
});

it('tells of what does not come where the page lives on, and not before', async () => {
  const told = vi.fn<(error: unknown) => void>();
  const error = new TypeError('Failed to fetch dynamically imported module');
  coming(Promise.reject(error)).catch(told);
  await vi.advanceTimersByTimeAsync(900);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toHaveBeenCalledWith(error);
});
