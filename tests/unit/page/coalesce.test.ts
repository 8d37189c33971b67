import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coalesce } from '@/lib/page/coalesce';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('runs a few times a second in a storm, and once more for the last of it', async () => {
  let address = 0;
  const seen: number[] = [];
  const look = coalesce(async () => void seen.push(address), 200);
  for (address = 1; address < 1_000; address += 1) {
    look.soon();
    await vi.advanceTimersByTimeAsync(10);
  }
  look.soon();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen.length).toBeLessThanOrEqual(52);
  expect(seen.at(-1)).toBe(1_000);
});

it('runs at once after a rest', async () => {
  const run = vi.fn(async () => {});
  const look = coalesce(run, 200);
  look.soon();
  await vi.advanceTimersByTimeAsync(0);
  expect(run).toHaveBeenCalledTimes(1);
});

it('runs anew when asked now, even while a run is under way', async () => {
  const ends: (() => void)[] = [];
  const run = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
  const look = coalesce(run, 200);
  void look.now();
  const asked = look.now();
  await vi.advanceTimersByTimeAsync(0);
  expect(run).toHaveBeenCalledTimes(1);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(run).toHaveBeenCalledTimes(2);
  ends[1]?.();
  await asked;
});

it('goes on after a run that failed, and tells whoever asked for it', async () => {
  let fails = true;
  const run = vi.fn(async () => {
    if (fails) throw new Error('no');
  });
  const look = coalesce(run, 200);
  await expect(look.now()).rejects.toThrow('no');
  fails = false;
  await look.now();
  expect(run).toHaveBeenCalledTimes(2);
});

it('runs no more once it is disposed', async () => {
  const run = vi.fn(async () => {});
  const look = coalesce(run, 200);
  look.soon();
  look.dispose();
  look.soon();
  await look.now();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(run).not.toHaveBeenCalled();
});
