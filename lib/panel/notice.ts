import type { AppError } from '@/lib/errors';
import { t } from '@/lib/words';

/** One sentence on what happened and what to do next, and at most one button. */
export interface Notice {
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** @param again - does the failed thing once more; null where that makes no sense. */
export function noticeOf(error: AppError, again: (() => void) | null): Notice {
  return {
    text: t(`error.${error.code}`),
    action: again && { label: t('panel.tryAgain'), run: again },
  };
}
