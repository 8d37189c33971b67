import type { Clock } from '@/lib/voice/clock';

/** Time that goes by when told. */
export function handTurned(): Clock & { pass(ms: number): Promise<void> } {
  let now = 0;
  const due = new Map<() => void, number>();
  return {
    now: () => now,
    after(ms, done) {
      // Each is its own, also where the same is called off and set again.
      const mine = () => done();
      due.set(mine, now + ms);
      return () => void due.delete(mine);
    },
    async pass(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...due].filter(([, at]) => at <= until).sort(([, a], [, b]) => a - b);
        if (!next) break;
        due.delete(next[0]);
        now = next[1];
        next[0]();
        await Promise.resolve();
      }
      now = until;
    },
  };
}

/** Until everything that was promised has been kept. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));
