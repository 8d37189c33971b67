import type { PageContext, PageText } from '@/lib/page/page';
import { sentenceRanges } from '@/lib/text/sentences';

/** A trigger as the vendor's characters take it; every value is a string. */
export interface Trigger {
  readonly name: 'page_context' | 'page_selection';
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

/** The vendor names no limits; these are what its samples stay under. */
const valueAtMost = 500;
const narratedAtMost = 300;
export const questionAtMost = 1_000;

/** What of a page goes as structured data. Reaches a character's author as `{{p.<name>}}`. */
export function triggersFor({ url, title, language, selection }: PageContext): Trigger[] {
  return [
    trigger('page_context', { url, title, language: language ?? '' }),
    trigger('page_selection', {
      text: selection?.text ?? '',
      before: selection?.before.slice(-valueAtMost) ?? '',
      after: selection?.after ?? '',
    }),
  ];
}

/**
 * What of a page's text goes as a narrated action before `question`: the sentences that share with
 * it the words that are rare on the page, in the order of the page; its beginning where none does.
 * Null without text.
 */
export function narrationFor(question: string, { text, language }: PageContext): string | null {
  if (!text) return null;
  const opening = '{player} is reading: ';
  const room = narratedAtMost - opening.length;
  const chosen = mostRelevant(question, text, language, room);
  return chosen === '' ? null : opening + chosen;
}

function trigger(name: Trigger['name'], values: Readonly<Record<string, string>>): Trigger {
  const parameters = Object.entries(values).map(([name, value]) => ({
    name,
    value: cut(clean(value), valueAtMost),
  }));
  return { name, parameters };
}

function mostRelevant(
  question: string,
  { sections }: PageText,
  language: string | null,
  room: number,
): string {
  const asked = new Set(words(question));
  const paragraphs = sections.flatMap(({ text }) => text.split('\n\n'));
  const sentencesOf = (paragraph: string) =>
    sentenceRanges(paragraph, language)
      .map(([start, end]) => clean(paragraph.slice(start, end)))
      .filter((sentence) => sentence !== '');
  // To find the sentences of a long page takes longer than a reader should wait for an answer.
  const sentences = paragraphs.filter((one) => mentions(one, asked)).flatMap(sentencesOf);
  const seen = countOf(sentences);
  const ranked = sentences
    .map((sentence, place) => ({ sentence, place, score: score(sentence, asked, seen) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place);
  const [best] = ranked;
  if (!best) return cut(beginningOf(paragraphs, sentencesOf), room);
  const picked: typeof ranked = [];
  let used = 0;
  for (const candidate of ranked) {
    const length = candidate.sentence.length + (picked.length > 0 ? 1 : 0);
    const far = candidate.score <= best.score / 4;
    if (picked.length > 0 && (used + length > room || far)) break;
    picked.push(candidate);
    used += length;
  }
  return cut(
    picked
      .sort((a, b) => a.place - b.place)
      .map(({ sentence }) => sentence)
      .join(' '),
    room,
  );
}

function mentions(paragraph: string, asked: ReadonlySet<string>): boolean {
  const text = paragraph.toLowerCase();
  return [...asked].some((word) => text.includes(word));
}

function beginningOf(
  paragraphs: readonly string[],
  sentencesOf: (paragraph: string) => readonly string[],
): string {
  for (const paragraph of paragraphs) {
    const [first] = sentencesOf(paragraph);
    if (first !== undefined) return first;
  }
  return '';
}

/** Long words tell more than short ones, and rare ones more than frequent ones; a long sentence is not better for being long. */
function score(
  sentence: string,
  asked: ReadonlySet<string>,
  seen: ReadonlyMap<string, number>,
): number {
  const own = words(sentence);
  const shared = own.filter((word) => asked.has(word));
  const weight = shared.reduce((sum, word) => sum + word.length / (seen.get(word) ?? 1), 0);
  return weight / Math.sqrt(own.length + 4);
}

/** In how many sentences a word stands. */
function countOf(sentences: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences) {
    for (const word of new Set(words(sentence))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

/** One line, and no braces: the vendor puts names in for `{player}` and the like. */
function clean(text: string): string {
  return text.replace(/[{}]/gu, '').replace(/\s+/gu, ' ').trim();
}

/** At most so many UTF-16 units, never through the middle of a character. */
function cut(text: string, atMost: number): string {
  if (text.length <= atMost) return text;
  return text.slice(0, atMost - 1).replace(/[\uD800-\uDBFF]$/u, '') + '…';
}
