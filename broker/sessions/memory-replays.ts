import { answerKept, claimLapses, type Replays } from './replays';

interface Entry {
  readonly claimant: string;
  readonly answer: string | null;
  readonly until: number;
}

/** More than this many answers are not kept: the oldest go first. About 2 kB each. */
const most = 10_000;

/** For one process. */
export function createMemoryReplays(clock: () => number): Replays {
  /** In the order of their being set, which is nearly that of their end. */
  const entries = new Map<string, Entry>();
  const tidy = (now: number) => {
    for (const [key, { until }] of entries) {
      if (until > now && entries.size <= most) break;
      entries.delete(key);
    }
  };
  const put = (key: string, entry: Entry) => {
    entries.delete(key);
    entries.set(key, entry);
  };
  return {
    async claim(key, claimant) {
      const now = clock();
      const found = entries.get(key);
      if (found && found.until > now) {
        return found.answer === null
          ? { state: 'busy' }
          : { state: 'settled', answer: found.answer };
      }
      tidy(now);
      put(key, { claimant, answer: null, until: now + claimLapses });
      return { state: 'claimed' };
    },
    async settle(key, claimant, answer) {
      if (entries.get(key)?.claimant !== claimant) return;
      put(key, { claimant, answer, until: clock() + answerKept });
    },
    async release(key, claimant) {
      if (entries.get(key)?.claimant === claimant) entries.delete(key);
    },
  };
}
