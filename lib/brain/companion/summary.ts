import type { Book, Sentence } from '@/lib/brain/book/book';
import type { Pace } from '@/lib/brain/book/pace';
import { isNoise } from '@/lib/brain/companion/noise';

/**
 * The sentences that stand for the whole, most telling first. Centrality by centroid (Radev et al. 2004, "Centroid-based
 * summarization of multiple documents"), with place and headings as Edmundson weighed them (1969), and against
 * saying things twice maximal marginal relevance (Carbonell and Goldstein 1998).
 *
 * @param among indices into `book.sentences`: all of the page, or one part.
 * @param topic words of the title.
 */
export async function mostTelling(
  book: Book,
  among: { readonly from: number; readonly to: number },
  topic: ReadonlySet<string>,
  most: number,
  pace: Pace,
): Promise<Sentence[]> {
  const sentences = book.sentences.slice(among.from, among.to).filter((one) => !one.isHeading);
  const weights = centroid(book, sentences);
  const candidates: { sentence: Sentence; score: number; terms: ReadonlySet<string> }[] = [];
  for (const [i, sentence] of sentences.entries()) {
    await pace.step();
    const terms = new Set(sentence.terms);
    const score =
      centrality(terms, weights) *
      place(sentences, i) *
      shape(sentence) *
      (1 + 0.15 * overlap(terms, topic));
    candidates.push({ sentence, score, terms });
  }
  const highest = Math.max(...candidates.map((one) => one.score), Number.MIN_VALUE);
  const chosen: typeof candidates = [];
  while (chosen.length < most && candidates.length > 0) {
    let best = 0;
    let bestValue = -Infinity;
    for (const [i, one] of candidates.entries()) {
      const repeats = Math.max(0, ...chosen.map((other) => likeness(one.terms, other.terms)));
      const value = 0.7 * (one.score / highest) - 0.6 * repeats;
      if (value > bestValue) [best, bestValue] = [i, value];
    }
    chosen.push(...candidates.splice(best, 1));
  }
  return chosen.filter((one) => one.score > 0).map((one) => one.sentence);
}

/** What the text keeps coming back to: terms by their weight over all sentences; a term used once says little. */
function centroid(book: Book, sentences: readonly Sentence[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences) {
    for (const term of new Set(sentence.terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const weights = new Map<string, number>();
  for (const [term, count] of counts) {
    const rarity = Math.log(1 + book.sentences.length / (book.counts.get(term) ?? 1));
    if (count > 1 || sentences.length < 6) weights.set(term, count * rarity);
  }
  return weights;
}

/** Divided by the root of the length, so that neither a long nor a short sentence wins by length. */
function centrality(terms: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const term of terms) sum += weights.get(term) ?? 0;
  return sum / Math.sqrt(terms.size + 4);
}

/** The lead says most, then the first sentence of each part, then the first of a paragraph. */
function place(sentences: readonly Sentence[], i: number): number {
  const [sentence, before] = [sentences[i], sentences[i - 1]];
  if (i === 0) return 2.4;
  if (i === 1) return 1.5;
  if (sentence?.part !== before?.part) return 1.3;
  return sentence?.paragraph === before?.paragraph ? 1 : 1.12;
}

/** Questions, fragments, page furniture and sentences that lean on the one before make poor summaries. */
function shape(sentence: Sentence): number {
  const { text } = sentence;
  if (isNoise(text)) return 0;
  let score = 1;
  if (!/[.!…。！।]["”’»」』)\]]*(?:\[\d+\])*$/u.test(text)) score *= 0.4;
  if (/[?？؟]["”’)]*$/u.test(text)) score *= 0.3;
  if (sentence.terms.length < 4) score *= 0.4;
  if (text.length > 320) score *= 0.6;
  if (sentence.before.length > 0) score *= 0.75;
  if (
    /^(?:but|and|or|however|so|also|then|yet|still|for example|for instance|instead|meanwhile)\b/iu.test(
      text,
    )
  )
    score *= 0.75;
  if (/^["“”«「]/u.test(text)) score *= 0.7;
  return score;
}

function overlap(terms: ReadonlySet<string>, topic: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of terms) if (topic.has(term)) shared += 1;
  return Math.min(shared, 4);
}

/** Shared terms over all terms, 0 to 1. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of one) if (other.has(term)) shared += 1;
  return shared / Math.max(1, one.size + other.size - shared);
}
