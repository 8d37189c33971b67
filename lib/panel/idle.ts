import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Session } from '@/lib/session/session';

/** Somebody else's avatar costs by the minute: when nobody is there any more, it goes. */
export interface Idle {
  /** Seconds until it goes, once that is worth saying; null before. */
  readonly left: ReadonlySignal<number | null>;
  /** The reader is there: a key, a click, a word. */
  stir(): void;
  /** The computer slept for so long, ms. @returns whether the session outlived it. */
  slept(ms: number): boolean;
  dispose(): void;
}

export interface IdleOptions {
  readonly session: Session;
  readonly abroad: ReadonlySignal<boolean>;
  /** Minutes of silence after which it goes; 0: never. */
  readonly minutes: ReadonlySignal<number>;
  /** That it will go in so many seconds, aloud, once. */
  readonly warn: (seconds: number) => void;
  /** A clock that only goes forward, ms. */
  readonly now?: () => number;
}

/** Seconds left at which the reader is told; between them only the number changes. */
const firstWarning = 60;
export const lastWarning = 15;

export function createIdle(options: IdleOptions): Idle {
  const { session, abroad, minutes, warn, now = () => performance.now() } = options;
  const left = signal<number | null>(null);
  let since = now();
  let hasWarned = false;

  const stir = () => {
    since = now();
    hasWarned = false;
    left.value = null;
  };

  const remaining = () => minutes.peek() * 60 - (now() - since) / 1000;

  function tick(): void {
    const seconds = Math.ceil(remaining());
    if (seconds <= 0) {
      void session.end('idle');
      return;
    }
    left.value = seconds <= firstWarning ? seconds : null;
    if (seconds > firstWarning || hasWarned) return;
    hasWarned = true;
    warn(seconds);
  }

  const runs = () => {
    const { status } = session.state.value;
    // While a line is sought time passes too: nobody may be there when it is found.
    const isThere = status === 'live' || status === 'reconnecting';
    return isThere && abroad.value && minutes.value > 0;
  };

  const stop = effect(() => {
    if (!runs()) {
      left.value = null;
      return undefined;
    }
    // Somebody speaks or thinks; silence begins when they are done.
    const isBusy = session.activity.value !== 'quiet' && session.state.value.status === 'live';
    stir();
    if (isBusy) return undefined;
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  });

  return {
    left,
    stir,
    slept(ms) {
      if (!abroad.peek() || minutes.peek() === 0 || remaining() * 1000 > ms) return true;
      void session.end('idle');
      return false;
    },
    dispose: stop,
  };
}
