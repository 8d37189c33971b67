import { afterEach, expect, it, vi } from 'vitest';
import { createSessionLock, isOver, isSessionKept, type SessionLock } from '@/lib/panel/lock';
import { eventually } from '@/tests/unit/eventually';

/** Web Locks as the standard has them, for one name: exclusive, `ifAvailable`, `signal`, `steal`. */
function oneLock(): LockManager {
  let holder: ((reason: Error) => void) | null = null;
  const waiting: (() => void)[] = [];
  const hold = (callback: (lock: Lock | null) => unknown) =>
    new Promise((resolve, reject) => {
      holder = reject;
      void Promise.resolve(callback({ name: 'one', mode: 'exclusive' })).then((value) => {
        if (holder === reject) {
          holder = null;
          waiting.shift()?.();
        }
        resolve(value);
      });
    });
  const request = (
    _: string,
    { ifAvailable, steal, signal }: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (steal === true) holder?.(new DOMException('stolen', 'AbortError'));
    else if (holder && ifAvailable === true) return Promise.resolve(callback(null));
    else if (holder) {
      return new Promise((resolve, reject) => {
        const turn = () => void hold(callback).then(resolve, reject);
        waiting.push(turn);
        signal?.addEventListener('abort', () => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(signal.reason as Error);
        });
      });
    }
    return hold(callback);
  };
  const query = async () => ({ held: holder ? [{ name: 'visavis-session' }] : [] });
  return { request, query } as LockManager;
}

let windows: SessionLock[] = [];
afterEach(() => {
  for (const one of windows) one.dispose();
  windows = [];
});

function windowOf(locks: LockManager, lost: () => Promise<void> = async () => undefined) {
  const one = createSessionLock({ locks, lost, patience: 200 });
  windows.push(one);
  return one;
}

it('belongs to the first window that takes it', async () => {
  const locks = oneLock();
  const [first, second] = [windowOf(locks), windowOf(locks)];
  expect(await first.take(false)).toBe(true);
  expect(await second.take(false)).toBe(false);
  expect(await first.take(false)).toBe(true);
  expect([await first.isFree(), await second.isFree()]).toEqual([true, false]);
});

it('is given to another window once nothing runs here any more', async () => {
  const locks = oneLock();
  const told: string[] = [];
  const first = windowOf(locks, async () => {
    await eventually(() => expect(told).toEqual(['asked']));
    told.push('ended');
  });
  const second = windowOf(locks);
  await first.take(false);
  const taking = second.take(true).then(() => told.push('taken'));
  told.push('asked');
  await taking;
  expect(told).toEqual(['asked', 'ended', 'taken']);
  expect(await first.take(false)).toBe(false);
});

it('is taken from a window that does not answer, which is told all the same', async () => {
  const locks = oneLock();
  const lost = vi.fn(() => new Promise<void>(() => undefined));
  const first = windowOf(locks, lost);
  const second = windowOf(locks);
  await first.take(false);
  expect(await second.take(true)).toBe(true);
  await eventually(() => expect(lost).toHaveBeenCalledTimes(2));
});

it('is free again when it was released', async () => {
  const locks = oneLock();
  const [first, second] = [windowOf(locks), windowOf(locks)];
  await first.take(false);
  first.release();
  await Promise.resolve();
  expect(await second.take(false)).toBe(true);
});

it('tells that the session is over once no window has it', async () => {
  const locks = oneLock();
  const only = windowOf(locks);
  await only.take(false);
  const over = isOver(locks);
  only.release();
  expect(await over).toBe(true);
});

it('is not kept by a window that is about to close', async () => {
  const locks = oneLock();
  expect(await isSessionKept(locks)).toBe(false);
  const only = windowOf(locks);
  await only.take(false);
  const kept = isSessionKept(locks);
  only.release();
  expect(await kept).toBe(false);
});
