/** There is one live session a profile: whoever holds this lock has it. */
const name = 'visavis-session';

export interface SessionLock {
  /**
   * Resolves to whether it is ours now. With `steal` it always is, and the window that held it
   * is told by its `lost`.
   */
  take(steal: boolean): Promise<boolean>;
  /** Whether nobody else has it now. */
  isFree(): Promise<boolean>;
  release(): void;
}

/** @param lost - called when another window took the session over. */
export function createSessionLock(
  lost: () => void,
  locks: LockManager = navigator.locks,
): SessionLock {
  let letGo: (() => void) | null = null;
  return {
    take: (steal) =>
      new Promise((taken) => {
        if (letGo) {
          taken(true);
          return;
        }
        const held = (lock: Lock | null): Promise<void> | undefined => {
          taken(lock !== null);
          if (!lock) return undefined;
          return new Promise((resolve) => {
            letGo = resolve;
          });
        };
        const options = steal ? { steal } : { ifAvailable: true };
        locks.request(name, options, held).catch(() => {
          // A stolen lock rejects the request that held it.
          letGo = null;
          lost();
        });
      }),
    async isFree() {
      const { held = [] } = await locks.query();
      return letGo !== null || !held.some((lock) => lock.name === name);
    },
    release() {
      letGo?.();
      letGo = null;
    },
  };
}

/** How long a window that closes may take to let go of its session, ms. */
const patience = 5_000;

/** Whether nobody has a session any more, now that a window closed; waits until it is known. */
export async function isOver(locks: LockManager = navigator.locks): Promise<boolean> {
  const signal = AbortSignal.timeout(patience);
  return locks.request(name, { signal }, () => true).catch(() => false);
}
