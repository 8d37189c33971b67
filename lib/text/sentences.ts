import { bindsToNext } from '@/lib/text/boundaries';
import { segmenter } from '@/lib/text/segmenter';

/** Start and end of a stretch of a text, UTF-16 offsets. */
export type Range = readonly [start: number, end: number];

/**
 * The sentences of a text, together all of it, where the segmenter's own cut at “Dr. ” and the
 * like is mended.
 *
 * @param language - BCP 47; null where nobody knows.
 */
export function sentenceRanges(text: string, language: string | null): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const { index, segment } of segmenter(language, 'sentence').segment(text)) {
    const end = index + segment.length;
    const binds =
      end < text.length &&
      !segment.endsWith('\n') &&
      (bindsToNext(text.slice(start, end), text.slice(end, end + 40)) ||
        endsInOrdinal(segment, language));
    if (binds) continue;
    ranges.push([start, end]);
    start = end;
  }
  if (start < text.length) ranges.push([start, text.length]);
  return ranges;
}

/** Outside English a full stop makes an ordinal: „am 3. Oktober“. */
function endsInOrdinal(segment: string, language: string | null): boolean {
  return !/^en\b/iu.test(language ?? 'en') && /(?:^|\s)\d{1,2}\.\s*$/u.test(segment);
}
