import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHolds } from '@/lib/providers/holds';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function held() {
  const told: boolean[] = [];
  const holds = createHolds(() => told.push(holds.any));
  return { holds, told };
}

it('is silent as long as there is one reason', () => {
  const { holds, told } = held();
  const [first, second] = [holds.hold(), holds.hold()];
  holds.suspect(true);
  first();
  second();
  expect(holds.any).toBe(true);
  holds.suspect(false);
  expect(told.at(-1)).toBe(false);
});

it('is silent until what was on its way is here', () => {
  const { holds } = held();
  holds.hold()(250);
  vi.advanceTimersByTime(249);
  expect(holds.any).toBe(true);
  vi.advanceTimersByTime(1);
  expect(holds.any).toBe(false);
});

it('something new may be heard at once, but not while somebody may be cutting in', () => {
  const { holds } = held();
  holds.hold()(250);
  holds.over();
  expect(holds.any).toBe(false);
  holds.suspect(true);
  holds.over();
  expect(holds.any).toBe(true);
});

it('lets go when it is dropped, and leaves no timer', () => {
  const { holds, told } = held();
  holds.hold()(250);
  const before = told.length;
  holds.drop();
  expect([holds.any, vi.getTimerCount(), told.length]).toEqual([false, 0, before]);
});
