import { bindsToNext, opensMark } from '@/lib/text/boundaries';
import { segmenter } from '@/lib/text/segmenter';

/** White space as the page's own finder folds it: any run is one blank, none at the ends. */
export function fold(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/**
 * The sentences of a section's text, in order, white space folded; each is a piece of the folded text.
 * `paragraph` counts from 0. `language` is BCP 47, or null where the page states none.
 */
export function splitSentences(
  text: string,
  language: string | null,
): { readonly text: string; readonly paragraph: number }[] {
  const sentences: { text: string; paragraph: number }[] = [];
  let paragraph = 0;
  for (const block of text.split(/\n\s*\n/u)) {
    if (block.trim() === '') continue;
    for (const line of lines(block)) {
      for (const sentence of splitLine(fold(line), language)) {
        sentences.push({ text: sentence, paragraph });
      }
    }
    paragraph += 1;
  }
  return sentences;
}

/** Longer than this nobody can quote it; it is cut at a blank. */
const longest = 480;

/** `Intl.Segmenter` slows down with the square of the text (95,000 characters: 260 ms in V8; by the thousand: 3). */
const stretch = 2000;

/** A line end is a sentence end after a short line or before a list mark; else the text was only wrapped there. */
function lines(block: string): string[] {
  const found: string[] = [];
  let wrapped = '';
  for (const line of block.split('\n')) {
    const starts = /^\s*(?:[-–—•*·▪◦‣]|\(?\d{1,3}[.)])\s/u.test(line);
    if (starts && wrapped !== '') {
      found.push(wrapped);
      wrapped = '';
    }
    wrapped = wrapped === '' ? line : `${wrapped}\n${line}`;
    if (line.trim().length < 50) {
      found.push(wrapped);
      wrapped = '';
    }
  }
  if (wrapped !== '') found.push(wrapped);
  return found;
}

function splitLine(line: string, language: string | null): string[] {
  return stretches(line).flatMap((piece) => {
    const ends = sentenceEnds(piece, language);
    return ends
      .map((end, i) => withoutMark(piece.slice(ends[i - 1] ?? 0, end).trim()))
      .flatMap(cutOverlong)
      .filter((sentence) => sentence !== '');
  });
}

/** A list's own mark is no part of what it says; nor do pages write it where the browser draws it. */
function withoutMark(sentence: string): string {
  return sentence.replace(/^(?:[-–—•*·▪◦‣]|\(?\d{1,3}[.)])\s+(?=\S)/u, '');
}

/** Where sentences end, mending what the segmenter cuts in two: initials, abbreviations, quotations, footnote marks. */
function sentenceEnds(piece: string, language: string | null): number[] {
  const ends: number[] = [];
  let start = 0;
  for (const part of segmenter(language, 'sentence').segment(piece)) {
    const end = pastFootnote(piece, part.index + part.segment.length);
    if (end <= start) continue;
    const soFar = piece.slice(start, end);
    const rest = piece.slice(end);
    if (rest !== '' && (bindsToNext(soFar, rest) || opensMark(soFar))) continue;
    ends.push(end);
    start = end;
  }
  if (start < piece.length) ends.push(piece.length);
  return ends;
}

/** "…the reef.[2] Another": the mark belongs to the sentence before it. */
function pastFootnote(piece: string, end: number): number {
  const from = piece[end - 1] === '[' ? end - 1 : end;
  const mark = /^(?:\[(?:\d+|[a-z]|note \d+|citation needed)\]\s*)+/u.exec(
    piece.slice(from, from + 60),
  );
  return mark && from > 0 && /\S/u.test(piece[from - 1] ?? ' ') ? from + mark[0].length : end;
}

function stretches(line: string): string[] {
  const found: string[] = [];
  let rest = line;
  while (rest.length > stretch) {
    const at = cutBefore(rest, stretch);
    found.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  found.push(rest);
  return found;
}

function cutOverlong(sentence: string): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > longest) {
    const at = cutBefore(rest, longest);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  pieces.push(rest);
  return pieces;
}

/** The best place to cut within `limit`: after a sentence, after a clause, at a blank, or anywhere but inside a character. */
function cutBefore(text: string, limit: number): number {
  const head = text.slice(0, limit);
  for (const mark of [
    /^.*[.!?…。！？؟।]["”’»」』)]*\s/su,
    /^.*[.!?…。！？؟।]/su,
    /^.*[,;:，、；：،]\s?/su,
    /^.*\s/su,
  ]) {
    const length = mark.exec(head)?.[0].length ?? 0;
    if (length > limit / 2) return length;
  }
  return /[\uD800-\uDBFF]$/u.test(head) || /[\uD800-\uDBFF]/.test(head.slice(-1))
    ? limit - 1
    : limit;
}
