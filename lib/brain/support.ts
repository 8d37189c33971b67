import type { Book, Sentence } from '@/lib/brain/book/book';
import type { Pace } from '@/lib/brain/book/pace';
import { seek } from '@/lib/brain/book/seek';
import { segmenter } from '@/lib/text/segmenter';
import { contentWords } from '@/lib/brain/book/words';
import type { Quote } from '@/lib/page/page';

/**
 * The page's sentences a model's answer stands on, each with its mark at the end of the answer's sentence. Only
 * where the two plainly say the same: most of the answer's weight is in the page's sentence, and they share
 * runs of words. Otherwise none, since a wrong footnote is worse than no footnote.
 */
export async function supportFor(book: Book, answer: string, pace: Pace): Promise<Quote[]> {
  const quotes: Quote[] = [];
  const used = new Set<number>();
  for (const part of segmenter(book.language, 'sentence').segment(answer.slice(0, 4000))) {
    await pace.step();
    const best = supporter(book, part.segment);
    if (!best || used.has(best.id)) continue;
    used.add(best.id);
    quotes.push({ text: best.text, at: part.index + part.segment.trimEnd().length });
    if (quotes.length === 3) break;
  }
  return quotes;
}

function supporter(book: Book, claim: string): Sentence | null {
  const words = contentWords(claim, book.language);
  if (words.length < 3) return null;
  const said = words.map(([form]) => form);
  let best: Sentence | null = null;
  let most = 0;
  for (const { sentence, coverage } of seek(book, words).slice(0, 8)) {
    const own = sentence.terms;
    const inSentence = said.filter((form) => own.includes(form)).length / said.length;
    const shared = sharedPairs(said, own);
    const numbersHold = said.every((form) => !/^\p{N}/u.test(form) || own.includes(form));
    const value = 0.5 * coverage + 0.5 * inSentence + 0.1 * Math.min(shared, 3);
    const holds = inSentence >= 0.5 && coverage >= 0.5 && shared >= 1 && numbersHold;
    if (holds && value > most) [best, most] = [sentence, value];
  }
  return best;
}

/** Neighbouring words that are neighbours in both. */
function sharedPairs(one: readonly string[], other: readonly string[]): number {
  const pairs = new Set(other.slice(1).map((form, i) => `${other[i] ?? ''} ${form}`));
  return one.slice(1).filter((form, i) => pairs.has(`${one[i] ?? ''} ${form}`)).length;
}
