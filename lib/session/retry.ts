const first = 500;
const longest = 15_000;
const attempts = 6;

/**
 * How long to wait before attempt `attempt` (1 is the first repetition), or null to give up.
 * Exponential with full jitter, as in M. Brooker, "Exponential Backoff And Jitter" (AWS, 2015),
 * over the upper half only, so that a reader is never told "in 0 s".
 *
 * @param chance - a number in [0, 1), usually `Math.random()`.
 * @returns milliseconds.
 */
export function delayBefore(attempt: number, chance: number): number | null {
  if (attempt > attempts) return null;
  const ceiling = Math.min(longest, first * 2 ** (attempt - 1));
  return Math.round(ceiling * (0.5 + chance / 2));
}
