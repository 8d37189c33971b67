import type { Book, Sentence } from '@/lib/brain/book/book';
import { contentWords } from '@/lib/brain/book/words';

/**
 * The sentences that say what a term means, or who a person is; empty where the page never does. Two where the
 * second only gives the name to what the first describes: "Oceanographers call this an internal tide."
 */
export function definitionOf(book: Book, term: string, person: boolean): Sentence[] {
  const best = definingSentence(book, term, person);
  const before = best && book.sentences[best.id - 1];
  const names =
    best !== null &&
    /\b(?:calls?|called|known as|name for) (?:this|it|that|these|them)\b|^(?:this|that|these) (?:is|are) (?:called|known as|what)/iu.test(
      best.text,
    );
  if (best === null) return [];
  return names && before && !before.isHeading && before.part === best.part
    ? [before, best]
    : [best];
}

function definingSentence(book: Book, term: string, person: boolean): Sentence | null {
  const words = contentWords(term, book.language);
  if (words.length === 0 || words.length > 5) return null;
  const shapes = shapesOf(term, person);
  let best: Sentence | null = null;
  let most = 5.9;
  for (const sentence of book.sentences) {
    if (sentence.isHeading) continue;
    const has = words.every((word) => word.some((form) => sentence.terms.includes(form)));
    const opens = opensPart(book, sentence, words);
    if (!has && !opens) continue;
    const text = sentence.text.toLowerCase();
    const found = shapes.find(({ pattern }) => pattern.test(text));
    // The earlier of two equal ones: pages define a term where they first use it.
    const score = (found?.score ?? 0) + (opens ? 6 : 0) - sentence.id / 1e5;
    if (score > most) [best, most] = [sentence, score];
  }
  return best;
}

/** The first sentence under a heading that is the term itself. */
function opensPart(book: Book, sentence: Sentence, words: readonly (readonly string[])[]): boolean {
  const heading = book.sentences[sentence.id - 1];
  if (!heading?.isHeading) return false;
  const title = new Set(heading.terms);
  return (
    title.size <= words.length + 1 && words.every((word) => word.some((form) => title.has(form)))
  );
}

interface Shape {
  /** 6 and more makes it a definition. */
  readonly score: number;
  readonly pattern: RegExp;
}

/** What sentences look like that say what a term means, the surest first. `@` stands for the term. */
const shapes: readonly (readonly [number, string])[] = [
  [
    10,
    '^(?:the |an? )?@(?: \\([^)]*\\))?,? (?:is|are|was|were|means?|refers? to|stands? for|denotes?|describes?|consists? of)(?! (?:not|no longer|found|also|used|now|often|still) )',
  ],
  [10, '^to @(?: \\w+){0,3} means? '],
  [10, '^@\\s*[:–—]\\s|^@(?:（[^）]*）)?(?:，|,)?(?:是|指|即|為|とは|は)'],
  [9.5, '@(?: \\([^)]*\\))?,? (?:هو|هي|הוא|היא|הם) '],
  [9, 'calls? (?:this|it|that|these|them)(?: the| an?)? @'],
  [9, '(?:called|known as|termed|named|dubbed|referred to as) (?:the |an? )?@'],
  [8, '@,? (?:is|are|was|were) (?:an? |the |one of |when |what )|@, or |[(（]@[)）]'],
  [7.5, '@ \\([^)]{6,}\\)'],
  [
    7,
    '@(?: [\\p{L}-]+)?, (?:an? |the |who |which |our |its |one of |chief |head |professor |director |founder)',
  ],
];
const personShapes: readonly (readonly [number, string])[] = [
  [7, '@,? (?:leads?|heads?|runs?|founded|directs?|wrote|works?|studies|joined) '],
  [
    6.5,
    '(?:dr\\.?|prof\\.?|professor|director|executive|officer|president|(?:biolog|scient|econom)ist|author|chef|ceo|founder|manager|minister|engineer|researcher|spokes\\w+|head of [\\w ]+?),? (?:[\\p{L}.]+ ){0,3}@',
  ],
];

function shapesOf(term: string, person: boolean): Shape[] {
  const name = `(?<!\\p{L})["“‘']?${escape(term.toLowerCase())}(?:e?s|['’]s)?["”’']?(?!\\p{sc=Latin})`;
  return [...shapes, ...(person ? personShapes : [])].map(([score, shape]) => ({
    score,
    pattern: new RegExp(
      shape.replaceAll('@', () => name),
      'u',
    ),
  }));
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}
