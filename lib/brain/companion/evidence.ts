import type { Book, Sentence } from '@/lib/brain/book/book';
import { seek } from '@/lib/brain/book/seek';
import type { Word } from '@/lib/brain/book/words';
import type { Wanted } from '@/lib/brain/companion/ask';
import { isTrap } from '@/lib/brain/companion/noise';
import { fit, isDemanding } from '@/lib/brain/companion/wanted';

/** What is looked for, and in which light. */
export interface Quest {
  readonly words: readonly Word[];
  readonly wants: Wanted;
  /** Words of the title and of what was just talked about. */
  readonly topic?: ReadonlySet<string>;
  readonly faint?: ReadonlySet<string>;
  /** The question in small letters: a sentence that shares whole runs of it is closer. */
  readonly phrase?: string;
  /** Whether sentences written for machines count: only to be found, never as an answer. */
  readonly withTraps?: boolean;
}

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
export function gather(book: Book, quest: Quest): Evidence[] {
  const { words, wants, phrase = '', withTraps = false } = quest;
  const runs = pairs(phrase);
  return seek(book, words, quest)
    .filter(({ sentence }) => withTraps || !isTrap(sentence.text))
    .map(({ sentence, score, coverage }) => {
      const { text } = sentence;
      const fitness = fit(text, wants, words, book.language);
      const value =
        score * (0.25 + coverage ** 2) * (0.5 + fitness) * shape(text) * closeness(text, runs);
      return { sentence, score: value, coverage, fits: fitness > 0 };
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

function shape(text: string): number {
  const asks = /[?？؟]["”’)]*$/u.test(text) ? 0.5 : 1;
  return asks * (text.length < 25 ? 0.7 : 1);
}

function closeness(text: string, runs: ReadonlySet<string>): number {
  if (runs.size === 0) return 1;
  let shared = 0;
  for (const run of pairs(text.toLowerCase())) if (runs.has(run)) shared += 1;
  return 1 + 0.15 * Math.min(shared, 4);
}

/** Neighbouring words, the small ones too. */
function pairs(text: string): ReadonlySet<string> {
  const words = text.match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
  return new Set(words.slice(1).map((word, i) => `${words[i] ?? ''} ${word}`));
}
