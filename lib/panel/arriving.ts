import type { ReadonlySignal } from '@preact/signals';
import type { Choice } from '@/lib/avatar/choice';
import type { Keeping } from '@/lib/avatar/keeping';
import type { Moment } from '@/lib/panel/moment';
import type { TalkModel } from '@/lib/panel/talk';
import type { Waking } from '@/lib/panel/waking';
import type { Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';

/** How the panel comes to life: what was said is brought back, and whoever sits here comes. */
export interface Arriving {
  recall(): Promise<void>;
  /** As `Panel.open`. */
  open(byItself?: boolean): Promise<void>;
  /** The reader called, before or after it was opened. */
  call(): void;
}

export interface ArrivingOptions {
  readonly choice: Choice;
  readonly keeping: Pick<Keeping, 'tidy'> | null;
  readonly talk: TalkModel;
  readonly waking: Pick<Waking, 'wake' | 'offer'>;
  readonly session: Pick<Session, 'state'>;
  /** What was said before is back. */
  readonly remembered: Moment;
  /** The avatar has been woken, or could not be. */
  readonly awake: Moment;
  /** Whether whoever is here lives elsewhere. */
  readonly abroad: ReadonlySignal<boolean>;
  /** Settles when the first step would be written down as well. */
  readonly recording: Promise<unknown>;
  readonly set: (voice: settings.VoiceSettings, moodShown: boolean) => void;
}

export function createArriving(options: ArrivingOptions): Arriving {
  const { choice, keeping, talk, waking, session, remembered, awake, abroad, recording } = options;
  let recalling: Promise<void> | null = null;
  let coming: Promise<void> | null = null;
  let isCalled = false;

  const recall = () => (recalling ??= talk.open());
  const come = () => (coming ??= waking.wake(false));

  /** The way to a maker is long, and what was said is wanted only at its end. */
  async function comeAhead(): Promise<void> {
    await Promise.all([choice.ready, recording]);
    if (abroad.peek()) await come();
  }

  return {
    recall,
    async open(byItself = false) {
      const isCalling = () => !byItself || isCalled;
      if (isCalling()) void comeAhead();
      const [voice, shown] = await Promise.all([
        settings.voice.get(),
        settings.moodShown.get(),
        choice.ready,
        recording,
        recall(),
      ]);
      options.set(voice, shown);
      remembered.now();
      if (isCalling() || !abroad.peek()) await come();
      else {
        keeping?.tidy();
        waking.offer();
      }
      awake.now();
    },
    call() {
      const isFirst = !isCalled;
      isCalled = true;
      if (!remembered.isOver()) void comeAhead();
      else if (isFirst && abroad.peek() && session.state.peek().status === 'idle') void come();
    },
  };
}
