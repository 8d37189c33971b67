import { expect, it } from 'vitest';
import { createSessionLock, isOver } from '@/lib/panel/lock';

/** Web Locks as the standard has them, for one name: exclusive, `ifAvailable` and `steal`. */
function oneLock(): LockManager {
  let holder: ((reason: Error) => void) | null = null;
  const request = (
    _name: string,
    options: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (holder && options.signal)
      return Promise.reject(new DOMException('timed out', 'AbortError'));
    if (holder && options.steal !== true) return Promise.resolve(callback(null));
    holder?.(new DOMException('stolen', 'AbortError'));
    return new Promise((resolve, reject) => {
      holder = reject;
      const lock: Lock = { name: _name, mode: 'exclusive' };
      void Promise.resolve(callback(lock)).then((value) => {
        if (holder === reject) holder = null;
        resolve(value);
      });
    });
  };
  return { request, query: async () => ({}) } as LockManager;
}

it('belongs to the first window that takes it', async () => {
  const locks = oneLock();
  const first = createSessionLock(() => undefined, locks);
  const second = createSessionLock(() => undefined, locks);
  expect(await first.take(false)).toBe(true);
  expect(await second.take(false)).toBe(false);
  expect(await first.take(false)).toBe(true);
});

it('can be taken over, and the window that had it is told', async () => {
  const locks = oneLock();
  let lost = 0;
  const first = createSessionLock(() => (lost += 1), locks);
  const second = createSessionLock(() => undefined, locks);
  await first.take(false);
  expect(await second.take(true)).toBe(true);
  expect(lost).toBe(1);
  expect(await first.take(false)).toBe(false);
});

it('is free again when it was released', async () => {
  const locks = oneLock();
  const first = createSessionLock(() => undefined, locks);
  const second = createSessionLock(() => undefined, locks);
  await first.take(false);
  first.release();
  await Promise.resolve();
  expect(await second.take(false)).toBe(true);
});

it('tells that the session is over once no window has it', async () => {
  const locks = oneLock();
  const only = createSessionLock(() => undefined, locks);
  await only.take(false);
  expect(await isOver(locks)).toBe(false);
  only.release();
  await Promise.resolve();
  expect(await isOver(locks)).toBe(true);
});
