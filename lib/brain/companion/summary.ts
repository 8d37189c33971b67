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
  isSeen: (sentence: Sentence) => boolean = () => false,
): Promise<Sentence[]> {
  const sentences = book.sentences.slice(among.from, among.to).filter((one) => !one.isHeading);
  const weights = centroid(book, sentences);
  let candidates: Candidate[] = [];
  for (const [i, sentence] of sentences.entries()) {
    await pace.step();
    const terms = new Set(sentence.terms);
    const titled = 1 + 0.15 * Math.min(4, shared(terms, topic));
    const score = centrality(terms, weights) * place(sentences, i) * shape(sentence) * titled;
    if (score > 0 && !isSeen(sentence)) candidates.push({ sentence, score, terms, repeats: 0 });
  }
  const highest = candidates.reduce((most, one) => Math.max(most, one.score), 0);
  const chosen: Sentence[] = [];
  const worth = ({ score, repeats }: Candidate) => 0.7 * (score / highest) - 0.6 * repeats;
  while (chosen.length < most) {
    const [first, ...others] = candidates;
    if (!first) break;
    const best = others.reduce((one, other) => (worth(other) > worth(one) ? other : one), first);
    chosen.push(best.sentence);
    candidates = candidates.filter((one) => one !== best);
    for (const one of candidates) {
      one.repeats = Math.max(one.repeats, likeness(one.terms, best.terms));
    }
    await pace.step();
  }
  return chosen;
}

interface Candidate {
  readonly sentence: Sentence;
  readonly score: number;
  readonly terms: ReadonlySet<string>;
  /** The likeness to what is chosen already, 0 to 1. */
  repeats: number;
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

/** Shared terms over all terms, 0 to 1. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = shared(one, other);
  return both / Math.max(1, one.size + other.size - both);
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const term of one) if (other.has(term)) count += 1;
  return count;
}
