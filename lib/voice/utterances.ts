import { segmenter } from '@/lib/text/segmenter';
import { sentenceRanges, type Range } from '@/lib/text/sentences';
import { proseOf } from '@/lib/voice/prose';

/** What is handed to the voice at a time: a sentence, or a part of a long one. */
export interface Utterance {
  /** Shorter than 200 characters, at least one of them a letter or a digit. */
  readonly text: string;
  /** By UTF-16 index of `text`, the offset in the message it came from. */
  readonly origin: readonly number[];
}

export interface Spoken {
  readonly utterances: readonly Utterance[];
  /** How far into the message they reach. What follows is not yet a whole sentence. */
  readonly settled: number;
}

/**
 * Cut where a reader would breathe. Short enough for Chromium's remote voices, which stop after
 * about 14 s, and for an interruption to be answered soon.
 */
const longest = 199;

/**
 * The sentences of `text` from offset `from` on. Until the text is `done` its last sentence may
 * still grow, and is left for later.
 */
export function utterancesOf(
  text: string,
  { language, from = 0, done = true, limit = longest }: Cutting,
): Spoken {
  const prose = proseOf(text.slice(from));
  const sentences = sentenceRanges(prose.text, language).flatMap(([start, end]) =>
    trimmed(prose.text, start, end),
  );
  if (!done && !prose.text.endsWith('\n')) sentences.pop();
  const utterances: Utterance[] = [];
  let settled = done ? text.length : from;
  for (const sentence of sentences) {
    for (const [start, end] of cut(prose.text, sentence, Math.min(limit, longest), language)) {
      const origin = prose.origin.slice(start, end).map((offset) => offset + from);
      utterances.push({ text: prose.text.slice(start, end), origin });
    }
    const last = prose.origin[sentence[1] - 1];
    if (!done && last !== undefined) settled = from + last + 1;
  }
  return { utterances: utterances.filter((one) => /[\p{L}\p{N}]/u.test(one.text)), settled };
}

interface Cutting {
  readonly language: string;
  readonly from?: number;
  readonly done?: boolean;
  /** Characters at most; never more than 199. */
  readonly limit?: number;
}

/** Without white space at either end; nothing where nothing is left. */
function trimmed(text: string, start: number, end: number): Range[] {
  let [from, to] = [start, end];
  while (from < to && /\s/u.test(text.charAt(from))) from += 1;
  while (to > from && /\s/u.test(text.charAt(to - 1))) to -= 1;
  return from < to ? [[from, to]] : [];
}

function cut(text: string, [from, to]: Range, limit: number, language: string): Range[] {
  const parts: Range[] = [];
  let start = from;
  while (to - start > limit) {
    const end = start + breakIn(text.slice(start, start + limit + 2), limit, language);
    parts.push(...trimmed(text, start, end));
    start = end;
  }
  return [...parts, ...trimmed(text, start, to)];
}

/** Where to break `window`, long enough to see what follows the break: at a clause, word or letter. */
function breakIn(window: string, limit: number, language: string): number {
  // Not in its first third, which would leave a scrap; a comma in `1,000` has no space after it.
  const clause = lastEnd(window, /[,;:)\]–—…](?=\s)|[、，；：）」。！？،؛]/gu, limit);
  if (clause > limit / 3) return clause;
  const space = lastEnd(window, /\s/gu, limit);
  if (space > limit / 3) return space;
  const ends = (granularity: 'word' | 'grapheme') =>
    Array.from(segmenter(language, granularity).segment(window), (one) => one.index).findLast(
      (index) => index > 0 && index <= limit,
    );
  // One letter longer than an utterance is nobody's language: between its code points, then.
  const point = /[\uD800-\uDBFF]/u.test(window.charAt(limit - 1)) ? limit - 1 : limit;
  return ends('word') ?? ends('grapheme') ?? Math.max(1, point);
}

function lastEnd(window: string, pattern: RegExp, limit: number): number {
  let last = 0;
  for (const { 0: mark, index } of window.matchAll(pattern)) {
    if (index + mark.length <= limit) last = index + mark.length;
  }
  return last;
}
