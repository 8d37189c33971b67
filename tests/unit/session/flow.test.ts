import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isFlowing } from '@/lib/session/flow';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A line that has received so much, look by look. */
function lineOf(...bytes: readonly number[]) {
  const left = [...bytes];
  const measure = async () => {
    const entries = [
      { type: 'outbound-rtp', bytesReceived: 1_000_000 },
      { type: 'inbound-rtp', bytesReceived: left.shift() ?? 0 },
    ];
    return new Map(entries.map((entry, index) => [String(index), entry]));
  };
  return { measure };
}

it.each([
  ['brings more from look to look', lineOf(1000, 1500), true],
  ['brings nothing any more', lineOf(1000, 1000), false],
  ['has never brought anything', lineOf(0, 0), false],
  ['cannot be looked at', { measure: async () => null }, false],
  ['fails when it is looked at', { measure: () => Promise.reject(new Error('gone')) }, false],
])('tells whether a line flows that %s', async (_, line, flows) => {
  const telling = isFlowing(line);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await telling).toBe(flows);
});
