import { segmenter } from '@/lib/text/segmenter';
import { sentenceRanges } from '@/lib/text/sentences';

/** What stands under the portrait: about two lines, parted at the word being spoken. */
export interface Caption {
  readonly before: string;
  /** The word being spoken; empty when nothing is. */
  readonly word: string;
  readonly after: string;
}

/** Words being said and the one being spoken: UTF-16 offsets in `text`. */
export interface Spoken {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The stretch of `text` that holds the characters `from`–`to` (UTF-16 offsets): their sentence,
 * or, where that is longer than `room` characters, the run of its words they fall into. Stretches depend
 * on the text alone, so the caption stands still while its words are spoken one by one.
 */
export function captionAt({ text, from, to }: Spoken, room: number): Caption {
  // Who says whole sentences may count the space before one to it.
  const first = from + text.slice(from, to).search(/\S|$/u);
  const stretch = stretches(text, room).find(({ end }) => first < end) ?? {
    start: 0,
    end: text.length,
  };
  const start = Math.max(first, stretch.start);
  const end = Math.min(Math.max(to, start), stretch.end);
  return {
    before: text.slice(stretch.start, start).trimStart(),
    word: text.slice(start, end),
    after: text.slice(end, stretch.end).trimEnd(),
  };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function stretches(text: string, room: number): Stretch[] {
  return sentenceRanges(text, null).flatMap(([start, end]) =>
    end - start <= room ? [{ start, end }] : cut(text.slice(start, end), start, room),
  );
}

/** A long sentence in runs of about equal length, cut between words. */
function cut(sentence: string, offset: number, room: number): Stretch[] {
  const runs = Math.ceil(sentence.length / room);
  const ideal = sentence.length / runs;
  const found: Stretch[] = [];
  // Scripts that write no spaces may be cut before any word.
  const spaced = /\S\s+\S/u.test(sentence);
  let start = 0;
  const words = segmenter(null, 'word').segment(sentence);
  for (const { index, isWordLike } of words) {
    const between = spaced ? /\s\S/u.test(sentence.slice(index - 1, index + 1)) : isWordLike;
    if (between === true && index - start >= ideal) {
      found.push({ start: offset + start, end: offset + index });
      start = index;
    }
  }
  found.push({ start: offset + start, end: offset + sentence.length });
  return found;
}
