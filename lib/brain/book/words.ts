import { stemmer } from 'stemmer';
import { stripHidden } from '@/lib/brain/hidden';
import { isStopWord } from '@/lib/brain/book/stop-words';
import { segmenter } from '@/lib/text/segmenter';

/**
 * A word in the forms it is filed under, the plainest first: its stem, without accents and articles, the parts of
 * a `camelCase` name, the pairs of characters of a long Chinese word. Two words are alike if they share a form.
 */
export type Word = readonly [string, ...string[]];

/** The words that carry meaning, in order. `language` is BCP 47, or null where unknown. */
export function contentWords(text: string, language: string | null): Word[] {
  const words: Word[] = [];
  for (const raw of rawWords(text, language)) {
    if (isStopWord(raw.toLowerCase().replaceAll('’', "'"), language)) continue;
    words.push(formsOf(raw, language));
  }
  return words;
}

/** Every form of every word that carries meaning. */
export function terms(text: string, language: string | null): string[] {
  return contentWords(text, language).flat();
}

/** How many words a person would count. */
export function countWords(text: string, language: string | null): number {
  return rawWords(text, language).length;
}

/** Scripts that put no blanks between words. */
const spaceless =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu;

/** "U.S.", "2,300.5", and everything made of letters, marks, digits and underscores. */
const spaced =
  /\p{Lu}(?:\.\p{Lu})+\b|\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)*/gu;

/**
 * Where blanks part the words a pattern finds them six times faster than `Intl.Segmenter`,
 * which is asked only about the scripts without blanks.
 */
function rawWords(raw: string, language: string | null): string[] {
  const words: string[] = [];
  let at = 0;
  // Soft hyphens and the like stand inside words.
  const text = stripHidden(raw);
  for (const run of text.matchAll(spaceless)) {
    words.push(...(text.slice(at, run.index).match(spaced) ?? []));
    words.push(...segmented(run[0], language));
    at = run.index + run[0].length;
  }
  words.push(...((at === 0 ? text : text.slice(at)).match(spaced) ?? []));
  return words;
}

function segmented(run: string, language: string | null): string[] {
  const words: string[] = [];
  // By the hundred, since the segmenter slows down with the length.
  for (let at = 0; at < run.length; at += 100) {
    for (const part of segmenter(language, 'word').segment(run.slice(at, at + 100))) {
      if (part.isWordLike === true) words.push(part.segment);
    }
  }
  return words;
}

const remembered = new Map<string, Word>();

function formsOf(raw: string, language: string | null): Word {
  const english = language === null || /^en\b/iu.test(language);
  const key = english ? raw : `${raw} `;
  const known = remembered.get(key);
  if (known) return known;
  if (remembered.size > 20_000) remembered.clear();
  const forms = makeForms(raw, english);
  remembered.set(key, forms);
  return forms;
}

function makeForms(raw: string, english: boolean): Word {
  const main = plain(raw, english);
  const parts = nameParts(raw).map((part) => plain(part, english));
  return [main, ...parts, ...articleless(main), ...pairs(main)];
}

function plain(raw: string, english: boolean): string {
  const bare = raw
    .toLowerCase()
    .normalize('NFKD')
    // Accents, Hebrew points, Arabic vowel signs; not the vowels of Thai or Hindi.
    .replace(/[\u0300-\u036F\u0591-\u05C7\u064B-\u0652\u0670\u0640]/gu, '')
    .normalize('NFKC')
    .replace(/['’]s?$/u, '')
    .replaceAll('’', "'")
    .replace(/[آأإ]/gu, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه');
  if (/^\p{N}/u.test(bare)) return bare.replaceAll(',', '');
  return english && /^[a-z]+$/u.test(bare) ? stemmer(bare) : bare;
}

/** `getUserName` and `max_retries` are also found by their parts. */
function nameParts(raw: string): string[] {
  if (!/\p{Ll}\p{Lu}|\w_\w/u.test(raw)) return [];
  return raw.split(/_+|(?<=\p{Ll})(?=\p{Lu})/u).filter((part) => part !== '');
}

/** Arabic and Hebrew write articles and short prepositions onto the word. */
function articleless(word: string): string[] {
  const arabic = /^(?:[وفبك]?ال|لل|و)([\u0620-\u064A]{3,})$/u.exec(word)?.[1];
  const hebrew = /^[והבלמשכ]([\u05D0-\u05EA]{3,})$/u.exec(word)?.[1];
  return [arabic, hebrew].filter((form) => form !== undefined);
}

/** The dictionary may cut the same word differently in the question and on the page; its pairs still meet. */
function pairs(word: string): string[] {
  if (word.length < 3 || !/^\p{sc=Han}+$/u.test(word)) return [];
  const characters = Array.from(word);
  return characters.slice(1).map((character, i) => `${characters[i] ?? ''}${character}`);
}
