import { answerKept, claimLapses, type Replays } from './replays';

interface Entry {
  readonly claimant: string;
  answer: string | null;
  until: number;
}

/**
 * So many answers are kept at most, and the oldest go first: three a second for ten minutes, which
 * is more than one process without Redis should have. Few enough that they die young under load.
 */
const most = 2000;
const betweenTidying = 1000;

/** For one process. */
export function createMemoryReplays(clock: () => number): Replays {
  /** In the order of their claims, which is nearly that of their end. */
  const entries = new Map<string, Entry>();
  let tidyAt = 0;
  /** Many at once and seldom: a `Map` that always loses its first entry steps over all its gaps. */
  const tidy = (now: number) => {
    if (now < tidyAt && entries.size < most) return;
    tidyAt = now + betweenTidying;
    const fewEnough = entries.size < most ? most : most * 0.8;
    for (const [key, { until }] of entries) {
      if (until > now && entries.size <= fewEnough) break;
      entries.delete(key);
    }
  };
  return {
    claim(key, claimant) {
      const now = clock();
      const found = entries.get(key);
      if (found && found.until > now) {
        return found.answer === null
          ? { state: 'busy' }
          : { state: 'settled', answer: found.answer };
      }
      tidy(now);
      if (found) entries.delete(key);
      entries.set(key, { claimant, answer: null, until: now + claimLapses });
      return { state: 'claimed' };
    },
    settle(key, claimant, answer) {
      const found = entries.get(key);
      if (found?.claimant !== claimant) return;
      found.answer = answer;
      found.until = clock() + answerKept;
    },
    release(key, claimant) {
      if (entries.get(key)?.claimant === claimant) entries.delete(key);
    },
  };
}
