import { AppError } from '@/lib/errors';

/** Time and chance, so that a test never waits and never guesses. */
export interface Timing {
  /** Calls back once after `ms` milliseconds; returns the way to call it off. */
  after(ms: number, done: () => void): () => void;
  /** A number in [0, 1). */
  chance(): number;
}

export const realTiming: Timing = {
  after: (ms, done) => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
};

/** Resolves after `ms` milliseconds; rejects with `aborted` as soon as the signal says so. */
export function wait(timing: Timing, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const callOff = timing.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    const abort = () => {
      callOff();
      reject(new AppError('aborted'));
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * The promise's own end, or `provider_timeout` after `ms` milliseconds, or `aborted`.
 * No vendor SDK has a time-out of its own, so every call to one goes through here.
 */
export async function within<T>(
  timing: Timing,
  ms: number,
  signal: AbortSignal,
  promise: Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const ended = AbortSignal.any([signal, over.signal]);
  try {
    return await Promise.race([
      promise,
      wait(timing, ms, ended).then(() => {
        throw new AppError('provider_timeout');
      }),
    ]);
  } finally {
    over.abort();
  }
}
