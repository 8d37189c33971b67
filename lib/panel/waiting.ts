import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Session } from '@/lib/session/session';

/** What a reader who waits wants to know. */
export interface Waiting {
  /** Seconds until a lost line is tried again; null while it is being tried. */
  readonly seconds: ReadonlySignal<number | null>;
  /** It takes longer than it mostly does. */
  readonly slow: ReadonlySignal<boolean>;
  dispose(): void;
}

/** Vendors say 2 to 4 s to the first picture; after this one wonders whether anything happens. ms */
const patience = 5_000;

export function createWaiting({ state, nextTry }: Session): Waiting {
  const seconds = signal<number | null>(null);
  const slow = signal(false);
  // Each step is a new state; the wait is the same.
  const isWaiting = computed(() => state.value.status === 'connecting');
  const stops = [
    effect(() => {
      const delay = nextTry.value;
      seconds.value = delay === null ? null : Math.ceil(delay / 1000);
      if (delay === null) return undefined;
      const due = Date.now() + delay;
      const tick = setInterval(() => {
        seconds.value = Math.max(Math.ceil((due - Date.now()) / 1000), 0);
      }, 250);
      return () => clearInterval(tick);
    }),
    effect(() => {
      slow.value = false;
      if (!isWaiting.value) return undefined;
      const timer = setTimeout(() => {
        slow.value = true;
      }, patience);
      return () => clearTimeout(timer);
    }),
  ];
  return {
    seconds,
    slow,
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
