import type { Quote } from '@/lib/page/page';
import type { Sentence } from '@/lib/brain/book/book';
import { stripHidden } from '@/lib/brain/hidden';

/** An answer is built of our own words and of the page's. */
export type Piece = string | Quotation | Recital;

/** A sentence of the page, to stand between quotation marks; `after` follows its note mark. */
interface Quotation {
  readonly quote: string;
  readonly after?: string;
}

/** The page's words read out, without marks around them; only a `noted` one can be shown on the page. */
interface Recital {
  readonly recite: string;
  readonly noted: boolean;
}

export interface Answer {
  readonly text: string;
  readonly quotes: readonly Quote[];
}

/** One text of all the pieces; each quotation has its note mark right after its closing mark. */
export function compose(pieces: readonly Piece[]): Answer {
  let text = '';
  const quotes: Quote[] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    if (text !== '') text += ' ';
    if (typeof piece === 'string') {
      text += piece;
    } else if ('recite' in piece) {
      text += stripHidden(piece.recite);
      if (piece.noted) quotes.push({ text: piece.recite, at: text.length });
    } else {
      text += asQuoted(piece.quote);
      quotes.push({ text: piece.quote, at: text.length });
      text += piece.after ?? (isClosed(piece.quote) ? '' : '.');
    }
  }
  return { text, quotes };
}

/** Sentences as quotations, in the page's order. */
export function quoted(sentences: readonly Sentence[]): Piece[] {
  return sentences.toSorted((a, b) => a.id - b.id).map(({ text }) => ({ quote: text }));
}

/** A sentence as answers show it. One that brings its own quotation marks keeps them as the inner ones. */
export function asQuoted(sentence: string): string {
  const inner = stripHidden(sentence).replace(/["“”„]/gu, (mark, at: number, whole: string) => {
    const closes = mark === '”' || (mark === '"' && /[^\s([—–-]/u.test(whole.charAt(at - 1)));
    return closes ? '’' : '‘';
  });
  return `“${inner}”`;
}

function isClosed(sentence: string): boolean {
  return /[.!?…。！？؟।:;]["”’»」』)\]]*$/u.test(sentence);
}
