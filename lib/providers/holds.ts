/** Reasons for an avatar to be silent though it speaks; it is silent as long as there is one. */
export interface Holds {
  readonly any: boolean;
  /** One more. @returns the way out, now or after so many ms: what is on its way has to come in. */
  hold(): (after?: number) => void;
  /** Something new is said: whatever was on its way is here by now. */
  over(): void;
  /** The reader may be about to cut in, or is not after all. */
  suspect(is: boolean): void;
  /** None any more, and no timer runs. */
  drop(): void;
}

export function createHolds(changed: () => void): Holds {
  const reasons = new Set<object>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const suspicion = {};

  const remove = (reason: object) => {
    if (reasons.delete(reason)) changed();
  };
  return {
    get any() {
      return reasons.size > 0;
    },
    hold() {
      const mine = {};
      reasons.add(mine);
      changed();
      return (after = 0) => {
        if (after === 0) {
          remove(mine);
          return;
        }
        const timer = setTimeout(() => {
          timers.delete(timer);
          remove(mine);
        }, after);
        timers.add(timer);
      };
    },
    over() {
      for (const reason of reasons) if (reason !== suspicion) remove(reason);
    },
    suspect(is) {
      if (!is) {
        remove(suspicion);
        return;
      }
      reasons.add(suspicion);
      changed();
    },
    drop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      reasons.clear();
    },
  };
}
