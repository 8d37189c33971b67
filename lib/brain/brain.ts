import type { PageContext, Quote } from '@/lib/page/page';
import type { Turn } from '@/lib/session/provider';

/** One question to a mind, and where the answer goes. */
export interface Answering {
  readonly question: string;
  /** What the reader lets us know of the page; null for nothing at all. */
  readonly context: PageContext | null;
  /** What was said before this question, oldest first. */
  readonly history: readonly Turn[];
  /** BCP 47, the reader's own language. */
  readonly language: string;
  readonly signal: AbortSignal;
  /** The whole text so far, with its quotes. Called at least once by an answer that resolves. */
  tell(text: string, quotes: readonly Quote[]): void;
}

/** What answers: the browser's language model, or the companion that only looks things up. */
export interface Brain {
  readonly kind: 'model' | 'companion';
  /**
   * Resolves when everything is told.
   * @throws AppError `aborted` when the signal says so, `model_failed` when a model does; what was told stays told.
   */
  answer(answering: Answering): Promise<void>;
  /** Lets go of everything; what is being answered ends as `aborted`. May be called twice. */
  close(): void;
}
