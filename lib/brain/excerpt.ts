import type { Book, Part } from '@/lib/brain/book/book';
import { seek } from '@/lib/brain/book/seek';
import { contentWords } from '@/lib/brain/book/words';
import { guessTokens } from '@/lib/brain/language-model';

export interface Excerpt {
  readonly text: string;
  /** Headings of what did not fit; empty when all of it did. */
  readonly leftOut: string;
}

/**
 * As much of the page as fits: whole if it can be, else the opening and the parts that answer the question best,
 * in the page's order, cut at headings. Only a part too large by itself is cut inside, at a sentence.
 *
 * @param room tokens.
 */
export function excerptFor(book: Book, question: string, room: number): Excerpt {
  const texts = book.parts.map((part) => textOf(book, part));
  const sizes = texts.map(guessTokens);
  const chosen = new Map<number, string>();
  let left = room;
  for (const index of inOrderOfUse(book, question)) {
    const [text, size] = [texts[index] ?? '', sizes[index] ?? 0];
    if (size <= left) {
      chosen.set(index, text);
      left -= size;
    } else if (chosen.size < 2) {
      const piece = cutAtSentence(book, book.parts[index], left);
      if (piece !== '') chosen.set(index, piece);
      left -= guessTokens(piece);
    }
  }
  const kept = [...chosen].sort(([a], [b]) => a - b).map(([, text]) => text);
  const missing = book.parts.filter((_, i) => chosen.get(i) !== texts[i]);
  return { text: kept.join('\n\n'), leftOut: describe(missing) };
}

/** Best matching parts first; the opening right after the best; the rest as they come. */
function inOrderOfUse(book: Book, question: string): number[] {
  const scores = new Map<number, number>();
  for (const hit of seek(book, contentWords(question, book.language))) {
    const { part } = hit.sentence;
    scores.set(part, Math.max(scores.get(part) ?? 0, hit.score * hit.coverage));
  }
  const ranked = [...scores].sort(([, a], [, b]) => b - a).map(([part]) => part);
  const [best, ...others] = ranked;
  const order = [...(best === undefined ? [] : [best]), 0, ...others, ...book.parts.keys()];
  return [...new Set(order)].filter((part) => part < book.parts.length);
}

function textOf(book: Book, part: Part): string {
  let text = '';
  let paragraph = -1;
  for (const sentence of book.sentences.slice(part.from, part.to)) {
    if (text !== '') text += sentence.paragraph === paragraph ? ' ' : '\n';
    text += sentence.isHeading
      ? `${'#'.repeat(Math.max(1, part.level))} ${sentence.text}`
      : sentence.text;
    paragraph = sentence.paragraph;
  }
  return text;
}

function cutAtSentence(book: Book, part: Part | undefined, room: number): string {
  if (!part) return '';
  let [from, to] = [part.from, part.to];
  while (to > from) {
    const middle = Math.floor((from + to + 1) / 2);
    if (guessTokens(textOf(book, { ...part, to: middle })) <= room) from = middle;
    else to = middle - 1;
  }
  return textOf(book, { ...part, to: from });
}

function describe(parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  const headings = parts.flatMap(({ heading }) => (heading === null ? [] : [heading]));
  const named = headings.slice(0, 12).join('; ');
  return headings.length > 12 || named === ''
    ? `${named}${named === '' ? '' : '; '}and more`
    : named;
}
