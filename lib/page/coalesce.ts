/** A task that may be asked for far more often than it should run. */
export interface Coalesced {
  /** Runs at once when it has rested, else when it has; however often it is asked for meanwhile. */
  soon(): void;
  /** Runs now, after a run under way, and resolves when done. */
  now(): Promise<void>;
  dispose(): void;
}

/** @param pause milliseconds between two runs that were asked for by `soon`. */
export function coalesce(run: () => Promise<void>, pause: number): Coalesced {
  let queue = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let isOver = false;
  const now = () => {
    const turn = queue.then(() => (isOver ? undefined : run()));
    // One failed run must not keep the next from running; its caller hears of it.
    queue = turn.catch(() => undefined);
    return turn;
  };
  return {
    now,
    soon() {
      if (timer !== undefined || isOver) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          last = performance.now();
          void now();
        },
        Math.max(0, last + pause - performance.now()),
      );
    },
    dispose() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
