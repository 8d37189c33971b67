import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Choice } from '@/lib/avatar/choice';
import type { Keeping } from '@/lib/avatar/keeping';
import { createIdle, lastWarning, type Idle } from '@/lib/panel/idle';
import { createMeter, type Meter } from '@/lib/panel/meter';
import type { Notices } from '@/lib/panel/notice';
import type { Surroundings } from '@/lib/panel/surroundings';
import { isFlowing } from '@/lib/session/flow';
import type { Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';
import { sayAloud } from '@/lib/voice/aloud';
import { t } from '@/lib/words';

/** That nothing runs, and costs, which nobody looks at: the clock, the silence, and the limit. */
export interface Care {
  /** Whether something runs that costs. */
  readonly isRunning: ReadonlySignal<boolean>;
  /** “4:12”; '' while nothing does. */
  readonly clock: ReadonlySignal<string>;
  /** “ · €0.43”; '' where its service has no figures. */
  readonly cost: ReadonlySignal<string>;
  /** Seconds until the avatar goes since nobody is there; null while that is not near. */
  readonly leaves: ReadonlySignal<number | null>;
  readonly isLeaving: ReadonlySignal<boolean>;
  /** Those seconds are its last. */
  readonly leavesSoon: ReadonlySignal<boolean>;
  readonly idleMinutes: ReadonlySignal<number>;
  /** The reader is there. */
  stir(): void;
  dispose(): void;
}

export interface CareOptions {
  readonly session: Session;
  readonly choice: Choice;
  readonly keeping: Pick<Keeping, 'allowance'> | null;
  readonly surroundings: Surroundings;
  readonly notices: Notices;
  readonly abroad: ReadonlySignal<boolean>;
  readonly muted: ReadonlySignal<boolean>;
  /** BCP 47. */
  readonly language: string;
}

/** How long before the service's limit the reader is told, ms. */
const beforeLimit = 60_000;

export function createCare(options: CareOptions): Care {
  const { session, choice, keeping, surroundings, notices, abroad, muted, language } = options;
  const idleMinutes = signal(settings.defaultIdleMinutes);
  const name = () => choice.current.peek().name;

  const idle: Idle = createIdle({
    session,
    abroad,
    minutes: idleMinutes,
    warn(seconds) {
      if (muted.peek()) return;
      void settings.voice.get().then(({ volume }) => {
        sayAloud(t('idle.aloud', [name(), String(seconds)]), language, volume);
      });
    },
  });
  const rate = computed(() => choice.current.value.rate);
  const meter: Meter = createMeter({ session, abroad, rate, language });

  async function woke(slept: number): Promise<void> {
    if (!abroad.peek() || session.state.peek().status !== 'live') return;
    // A clock that was only set looks like a sleep, but then the line brings what it always brought.
    if (await isFlowing(session)) return;
    // One over which nobody heard anything for so long is dead, whatever it says of itself.
    if (idle.slept(slept)) session.revive();
  }

  void settings.idleMinutes.get().then((minutes) => {
    idleMinutes.value = minutes;
  });
  const stops = [
    settings.idleMinutes.watch((minutes) => {
      idleMinutes.value = minutes;
    }),
    surroundings.onWake((slept) => void woke(slept)),
    effect(() => {
      const endsAt = keeping?.allowance.value?.endsAt;
      if (endsAt === undefined) return undefined;
      const left = endsAt - Date.now();
      const timer = setTimeout(
        () => notices.show({ text: t('limit.near'), calm: true, action: null }),
        // A session no longer than this is told nothing: its end says it.
        left > beforeLimit ? left - beforeLimit : 2 ** 31 - 1,
      );
      return () => clearTimeout(timer);
    }),
    idle.dispose,
    meter.dispose,
  ];

  return {
    isRunning: computed(() => meter.seconds.value !== null),
    clock: meter.clock,
    cost: meter.cost,
    leaves: idle.left,
    isLeaving: computed(() => idle.left.value !== null),
    leavesSoon: computed(() => idle.left.value !== null && idle.left.value <= lastWarning),
    idleMinutes,
    stir: idle.stir,
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
