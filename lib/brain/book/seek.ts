import type { Book, Sentence } from '@/lib/brain/book/book';
import { alike } from '@/lib/brain/book/synonyms';
import type { Word } from '@/lib/brain/book/words';

/** A sentence that has something of what was asked. */
export interface Hit {
  readonly sentence: Sentence;
  /** BM25, only comparable within one search. */
  readonly score: number;
  /** Share of the question's weight it accounts for, 0 to 1; a rare word weighs more than a common one. */
  readonly coverage: number;
}

/**
 * Sentences by BM25, best first, headings left out. A word that is nowhere on the page is looked for with a
 * typing error; a few common verbs also by their neighbours.
 *
 * @param topic words the whole page is about (its title): they count as understood in every sentence.
 */
export function seek(book: Book, words: readonly Word[], topic: ReadonlySet<string>): Hit[] {
  const wanted = words.map((word) => ({ word, also: alike(word), weight: weigh(book, word) }));
  const total = wanted.reduce((sum, one) => sum + one.weight, 0);
  const strengths = new Map<string, number>();
  for (const { word, also } of wanted) {
    for (const form of also) strengths.set(form, Math.max(strengths.get(form) ?? 0, 0.6));
    word.forEach((form, i) =>
      strengths.set(form, Math.max(strengths.get(form) ?? 0, i === 0 ? 1 : 0.6)),
    );
  }
  if (strengths.size === 0) return [];
  const results = book.index.search([...strengths.keys()].join(' '), {
    boostTerm: (term) => strengths.get(term) ?? 1,
    fuzzy: (term) => isUnknown(book, term) && mistakes(term),
    prefix: (term) => isUnknown(book, term) && term.length >= 5,
  });
  const hits: Hit[] = [];
  for (const { id, score, match, queryTerms } of results) {
    const sentence = book.sentences[Number(id)];
    if (!sentence || sentence.isHeading) continue;
    const share = (form: string) => {
      const fields = match[form];
      if (fields) return fields.includes('terms') ? 1 : 0.8;
      return queryTerms.includes(form) ? 0.75 : 0;
    };
    let covered = 0;
    for (const { word, also, weight } of wanted) {
      const own = Math.max(...word.map(share), word.some((form) => topic.has(form)) ? 0.7 : 0);
      covered += weight * Math.max(own, ...also.map((form) => share(form) * 0.9));
    }
    hits.push({ sentence, score, coverage: covered / total });
  }
  return hits;
}

/** Inverse document frequency, as in BM25; a word the page does not have weighs most. */
export function weigh(book: Book, word: Word): number {
  const count =
    book.counts.get(word[0]) ?? Math.max(0, ...word.map((form) => book.counts.get(form) ?? 0));
  return Math.log(1 + (book.sentences.length - count + 0.5) / (count + 0.5));
}

function isUnknown(book: Book, term: string): boolean {
  return !book.counts.has(term);
}

/** Typing errors forgiven: none in short words and numbers, one in middling ones, two in long ones. */
function mistakes(term: string): number | false {
  if (/\p{N}/u.test(term) || term.length < 4) return false;
  return term.length < 8 ? 1 : 2;
}
