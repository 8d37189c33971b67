import type { Book, Part, Sentence } from '@/lib/brain/book/book';
import { contentWords } from '@/lib/brain/book/words';

/** The parts that have a heading; the page's own title, which often stands first as one, is none of them. */
export function headedParts(book: Book, title: string): Part[] {
  const headed = book.parts.filter((part) => part.heading !== null);
  const [first] = headed;
  const repeatsTitle =
    first?.heading !== null && first?.heading !== undefined && title.startsWith(first.heading);
  return repeatsTitle && headed.length > 1 ? headed.slice(1) : headed;
}

/** The part a reader means by these words: by its heading; null when no heading has at least half of them. */
export function partAbout(book: Book, about: string): Part | null {
  const words = contentWords(about, book.language);
  let best: Part | null = null;
  let most = 0;
  for (const part of book.parts) {
    const title = new Set(
      book.sentences[part.from]?.isHeading === true ? book.sentences[part.from]?.terms : [],
    );
    const shared = words.filter((word) => word.some((form) => title.has(form))).length;
    // Of two equal matches the shorter heading is the closer one.
    const score = shared / Math.max(1, words.length) - title.size / 1000;
    if (shared * 2 >= words.length && shared > 0 && score > most) [best, most] = [part, score];
  }
  return best;
}

/** A part with the smaller ones under it, as indices into `book.sentences`. */
export function reachOf(book: Book, part: Part): { readonly from: number; readonly to: number } {
  const after = book.parts.slice(book.parts.indexOf(part) + 1);
  const next = after.find((one) => one.heading !== null && one.level <= part.level);
  return { from: part.from, to: next?.from ?? book.sentences.length };
}

export function headingOf(book: Book, sentence: Sentence): string | null {
  return book.parts[sentence.part]?.heading ?? null;
}
