import type { PageText } from '@/lib/page/page';
import { startPace, type Pace } from '@/lib/brain/book/pace';
import { createRanking, type Ranking } from '@/lib/brain/book/ranking';
import { fold, splitSentences } from '@/lib/brain/book/sentences';
import { countWords, terms } from '@/lib/brain/book/words';

/** A page read through: its sentences in order, and an index over them. */
export interface Book {
  /** BCP 47; null where the page states none. */
  readonly language: string | null;
  readonly parts: readonly Part[];
  readonly sentences: readonly Sentence[];
  /** Words as a person would count them, headings included. */
  readonly words: number;
  /** In how many sentences a form of a word stands. */
  readonly counts: ReadonlyMap<string, number>;
  /** Fields: the sentence itself, its headings, the sentence before. */
  readonly ranking: Ranking;
}

/** A stretch of the page under one heading. */
export interface Part {
  readonly heading: string | null;
  readonly level: number;
  /** Its sentences are `sentences.slice(from, to)`, the heading among them. */
  readonly from: number;
  readonly to: number;
}

export interface Sentence {
  /** Its place in `Book.sentences`. */
  readonly id: number;
  /** As it stands on the page, white space folded. */
  readonly text: string;
  /** Index into `Book.parts`. */
  readonly part: number;
  readonly paragraph: number;
  readonly isHeading: boolean;
  /** The forms it is filed under. */
  readonly terms: readonly string[];
  /** Those of the headings above it. */
  readonly heading: readonly string[];
  /** Those of the sentence before, where this one leans on it: "It was founded in 1998." */
  readonly before: readonly string[];
}

/** How much a match counts in the sentence itself, above it, and before it. */
const boosts = [1, 0.45, 0.45];

/** Rejects with `aborted` when the signal says so. */
export async function readBook(
  page: PageText,
  language: string | null,
  signal: AbortSignal,
): Promise<Book> {
  const pace = startPace(signal);
  const { parts, sentences, words } = await readSentences(page, language, pace);
  const counts = new Map<string, number>();
  const ranking = createRanking(boosts);
  for (const sentence of sentences) {
    for (const term of new Set(sentence.terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
    ranking.add([sentence.terms, sentence.heading, sentence.before]);
    await pace.step();
  }
  return { language, parts, sentences, words, counts, ranking };
}

async function readSentences(page: PageText, language: string | null, pace: Pace) {
  const parts: Part[] = [];
  const sentences: Sentence[] = [];
  const above: { level: number; terms: string[] }[] = [];
  let words = 0;
  for (const section of page.sections) {
    const from = sentences.length;
    const title = section.heading === null ? '' : fold(section.heading);
    if (title !== '') {
      while ((above.at(-1)?.level ?? -1) >= section.level) above.pop();
      above.push({ level: section.level, terms: terms(title, language) });
    }
    const heading = above.flatMap((one) => one.terms);
    const add = (text: string, paragraph: number, isHeading: boolean) => {
      const last = sentences.at(-1);
      const leans = !isHeading && last?.paragraph === paragraph && last.part === parts.length;
      sentences.push({
        id: sentences.length,
        text,
        part: parts.length,
        paragraph,
        isHeading,
        terms: terms(text, language),
        heading: isHeading ? [] : heading,
        before: leans && leaning.test(text) ? last.terms : [],
      });
      words += countWords(text, language);
    };
    if (title !== '') add(title, -1, true);
    for (const { text, paragraph } of splitSentences(section.text, language)) {
      add(text, paragraph, false);
      await pace.step();
    }
    if (sentences.length === from) continue;
    parts.push({
      heading: title === '' ? null : title,
      level: section.level,
      from,
      to: sentences.length,
    });
  }
  return { parts, sentences, words };
}

/** How a sentence begins whose subject stands in the one before. */
const leaning =
  /^(?:it|its|he|his|she|her|they|their|this|that|these|those|both|there|otherwise|(?:without|with|by|to|of|in|for) (?:it|them|this|that|these)|the (?:company|author|study|team|animal|species|event|method|function))\b|^(?:它|他|她|这|该|其)|^(?:وهو|وهي|כך|הוא|היא)/iu;
