import type { PageStamp, Quote } from '@/lib/page/page';
import type { Card, Look, Speaker } from '@/lib/session/provider';

/** One thing said, by either side, as it stands in the transcript. */
export interface Message {
  readonly id: string;
  readonly conversation: string;
  /** Milliseconds since the epoch; orders the transcript together with `id`. */
  readonly at: number;
  readonly who: Speaker;
  readonly text: string;
  /** `cut`: interrupted; `interim`: still coming, or its session died in mid-word. */
  readonly status: 'interim' | 'final' | 'cut';
  /** The page it was about; null where no page was shared. */
  readonly page: PageStamp | null;
  readonly quotes: readonly Quote[];
  /** The name of the avatar that said it; absent where it was Vis. */
  readonly by?: string;
  /** Not said but done. */
  readonly narrated?: boolean;
  /** What was shown with it. */
  readonly cards?: readonly Card[];
  /** What of the page the avatar used on its own account. */
  readonly looks?: readonly Look[];
}
