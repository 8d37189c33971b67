import { signal, type ReadonlySignal } from '@preact/signals';

/** What happens to the computer, as far as a page can tell. */
export interface Surroundings {
  /** False: there is surely no network. True says little. */
  readonly online: ReadonlySignal<boolean>;
  /** Calls back after the computer slept for so long, ms. @returns the way to stop. */
  onWake(woke: (slept: number) => void): () => void;
  dispose(): void;
}

/** How often the clocks are compared, ms. */
const often = 5_000;
/** Further apart than this and it has slept, ms: clocks are also set right while it is awake. */
const apart = 20_000;
/** A hidden page's timers run once a minute: two minutes between two of them are a sleep as well. */
const silent = 150_000;

/**
 * @param now - the wall's clock, and the one that stands still while most systems sleep, ms. A clock
 *   set forward looks like a sleep; a line opened anew for nothing is the price.
 */
export function createSurroundings(
  now: () => { wall: number; awake: number } = () => ({
    wall: Date.now(),
    awake: performance.now(),
  }),
): Surroundings {
  const online = signal(isOnline());
  const listeners = new Set<(slept: number) => void>();
  let before = now();

  const timer = setInterval(() => {
    const after = now();
    const passed = after.wall - before.wall;
    const asleep = passed - (after.awake - before.awake);
    before = after;
    const slept = passed > silent ? passed : asleep > apart ? asleep : 0;
    if (slept > 0) for (const woke of listeners) woke(slept);
  }, often);

  const look = () => {
    online.value = isOnline();
  };
  globalThis.addEventListener?.('online', look);
  globalThis.addEventListener?.('offline', look);

  return {
    online,
    onWake(woke) {
      listeners.add(woke);
      return () => listeners.delete(woke);
    },
    dispose() {
      clearInterval(timer);
      globalThis.removeEventListener?.('online', look);
      globalThis.removeEventListener?.('offline', look);
    },
  };
}

function isOnline(): boolean {
  // Where nobody knows there is a network.
  return !Object.is(navigator.onLine, false);
}
