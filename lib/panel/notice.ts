import { signal, type ReadonlySignal } from '@preact/signals';
import { toAppError, type AppError } from '@/lib/errors';
import { t } from '@/lib/words';

export interface Action {
  readonly label: string;
  readonly run: () => void;
}

/** One sentence on what happened and what to do next, and at most one button. */
export interface Notice {
  readonly text: string;
  /** Nothing went wrong: it only wants to be known. */
  readonly calm?: true;
  readonly action: Action | null;
  /** A quiet link: what one could do instead. */
  readonly instead?: Action;
}

/** The one place where something is told that is not said. The latest matters. */
export interface Notices {
  readonly current: ReadonlySignal<Notice | null>;
  show(notice: Notice): void;
  /** Anything thrown. `again` does the failed thing once more; left out where that makes no sense. */
  fail(thrown: unknown, again?: () => void): void;
  dismiss(): void;
}

type Told = (error: AppError, again?: () => void) => Promise<Notice | null> | null;

/** @param told - what a failure is called and what mends it, where there is more to it than trying again. */
export function createNotices(told: Told = () => null): Notices {
  const current = signal<Notice | null>(null);
  /** Whoever speaks last has the word, also over one who is still looking for it. */
  let latest: object = {};

  function tell(notice: Notice | null): void {
    latest = {};
    current.value = notice;
  }

  return {
    current,
    show: tell,
    fail(thrown, again) {
      const error = toAppError(thrown);
      // What was stopped was stopped by the reader.
      if (error.code === 'aborted') return;
      const plain: Notice = {
        text: t(`error.${error.code}`),
        action: again ? { label: t('panel.tryAgain'), run: again } : null,
      };
      const telling = told(error, again);
      if (!telling) {
        tell(plain);
        return;
      }
      const mine = {};
      latest = mine;
      void telling.then((notice) => {
        if (latest === mine) tell(notice ?? plain);
      });
    },
    dismiss: () => tell(null),
  };
}
