import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Rate } from '@/lib/avatar/avatar';
import type { Session } from '@/lib/session/session';

/** How long a session runs, and what it costs where its service says so. */
export interface Meter {
  /** Whole seconds since it was first there; null while none runs. */
  readonly seconds: ReadonlySignal<number | null>;
  /** For the eye: “4:12” and “ · €0.43”; '' while none runs. */
  readonly clock: ReadonlySignal<string>;
  readonly cost: ReadonlySignal<string>;
  dispose(): void;
}

export interface MeterOptions {
  readonly session: Session;
  readonly abroad: ReadonlySignal<boolean>;
  readonly rate: ReadonlySignal<Rate | null>;
  /** BCP 47. */
  readonly language: string;
  /** A clock that only goes forward, ms. */
  readonly now?: () => number;
}

export function createMeter(options: MeterOptions): Meter {
  const { session, abroad, rate, language, now = () => performance.now() } = options;
  const seconds = signal<number | null>(null);
  let since: number | null = null;

  const stop = effect(() => {
    const { status } = session.state.value;
    // A line that was lost and found again is one session to whoever pays for it.
    if (!abroad.value || (status !== 'live' && status !== 'reconnecting')) {
      since = null;
      seconds.value = null;
      return undefined;
    }
    since ??= now();
    const began = since;
    const tick = () => {
      seconds.value = Math.floor((now() - began) / 1000);
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  });

  return {
    seconds,
    clock: computed(() => (seconds.value === null ? '' : clockOf(seconds.value))),
    cost: computed(() =>
      seconds.value === null || !rate.value
        ? ''
        : ` · ${costOf(seconds.value, rate.value, language)}`,
    ),
    dispose: stop,
  };
}

/** “0:07”, “4:12”, “1:04:12”. */
export function clockOf(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** As exact as the seconds are: what a service rounds up to is its own affair. */
export function costOf(seconds: number, { amount, currency }: Rate, language: string): string {
  const cost = (seconds / 60) * amount;
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(cost);
}
