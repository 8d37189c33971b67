/** There is one live session a profile: whoever holds this lock has it. */
const name = 'visavis-session';

/** How long the window that has it may take to end it, ms: a vendor is hung up on within ten. */
const patience = 12_000;

export interface SessionLock {
  /**
   * Resolves to whether it is ours now. With `steal` it always is: the window that had it was asked
   * to end what runs and has done so, so that two are never paid for; or it did not answer in time.
   */
  take(steal: boolean): Promise<boolean>;
  /** Whether nobody else has it now. */
  isFree(): Promise<boolean>;
  release(): void;
  dispose(): void;
}

export interface LockOptions {
  /** Another window wants it: resolves when nothing of ours runs any more. */
  readonly lost: () => Promise<void>;
  readonly locks?: LockManager;
  readonly patience?: number;
}

export function createSessionLock(options: LockOptions): SessionLock {
  const { lost, locks = navigator.locks } = options;
  // The windows of the profile tell each other by it who wants the session.
  const wanted = new BroadcastChannel(name);
  let letGo: (() => void) | null = null;

  const release = () => {
    letGo?.();
    letGo = null;
  };

  wanted.addEventListener('message', () => {
    if (letGo) void lost().finally(release);
  });

  /** Resolves to whether it was given. */
  function request(how: { ifAvailable: true } | { steal: true } | { signal: AbortSignal }) {
    return new Promise<boolean>((taken) => {
      let isOurs = false;
      const held = (lock: Lock | null): Promise<void> | undefined => {
        isOurs = lock !== null;
        taken(isOurs);
        if (!isOurs) return undefined;
        return new Promise((resolve) => {
          letGo = resolve;
        });
      };
      locks.request(name, how, held).catch(() => {
        // Waited for in vain; or a stolen lock, which rejects the request that held it.
        if (!isOurs) {
          taken(false);
          return;
        }
        letGo = null;
        void lost();
      });
    });
  }

  async function ask(): Promise<boolean> {
    if (await request({ ifAvailable: true })) return true;
    wanted.postMessage(null);
    const signal = AbortSignal.timeout(options.patience ?? patience);
    return (await request({ signal })) || request({ steal: true });
  }

  return {
    async take(steal) {
      if (letGo) return true;
      return steal ? ask() : request({ ifAvailable: true });
    },
    isFree: async () => letGo !== null || !(await isSessionHeld(locks)),
    release,
    dispose() {
      release();
      wanted.close();
    },
  };
}

/** Whether any window of the profile has it. */
export async function isSessionHeld(locks: LockManager = navigator.locks): Promise<boolean> {
  const { held = [] } = await locks.query();
  return held.some((lock) => lock.name === name);
}

/** As `isSessionHeld`, where a window may be about to close: of an extension that was switched off. */
export async function isSessionKept(locks: LockManager = navigator.locks): Promise<boolean> {
  return (await isSessionHeld(locks)) && !(await isOver(locks));
}

/** How long a window that closes may take to let go of its session, ms. */
const closing = 5_000;

/** Whether nobody has a session any more, now that a window closed; waits until it is known. */
export async function isOver(locks: LockManager = navigator.locks): Promise<boolean> {
  const signal = AbortSignal.timeout(closing);
  return locks.request(name, { signal }, () => true).catch(() => false);
}
