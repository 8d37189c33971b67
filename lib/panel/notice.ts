import { signal, type ReadonlySignal } from '@preact/signals';
import { toAppError } from '@/lib/errors';
import { t } from '@/lib/words';

/** One sentence on what happened and what to do next, and at most one button. */
export interface Notice {
  readonly text: string;
  /** Nothing went wrong: it only wants to be known. */
  readonly calm?: true;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** The one place where something is told that is not said. The latest matters. */
export interface Notices {
  readonly current: ReadonlySignal<Notice | null>;
  show(notice: Notice): void;
  /** Anything thrown. `again` does the failed thing once more; left out where that makes no sense. */
  fail(thrown: unknown, again?: () => void): void;
  dismiss(): void;
}

export function createNotices(): Notices {
  const current = signal<Notice | null>(null);
  return {
    current,
    show(notice) {
      current.value = notice;
    },
    fail(thrown, again) {
      const { code } = toAppError(thrown);
      // What was stopped was stopped by the reader.
      if (code === 'aborted') return;
      current.value = {
        text: t(`error.${code}`),
        action: again ? { label: t('panel.tryAgain'), run: again } : null,
      };
    },
    dismiss() {
      current.value = null;
    },
  };
}
