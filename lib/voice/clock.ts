/** Time, handed in so that a test never waits. */
export interface Clock {
  /** Milliseconds on the `performance.now()` clock. */
  now(): number;
  /** Calls back once, `ms` milliseconds from now, as its own task; returns the way to call it off. */
  after(ms: number, done: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  after: (ms, done) => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  },
};
