import { bindsToNext } from '@/lib/text/boundaries';
import { sentenceRanges, type Range } from '@/lib/text/sentences';

/**
 * The sentences of an answer that cannot change any more by what is still to come, from `from` on.
 * The service sends whole ones, so one that ends like one is one.
 */
export function finishedSentences(
  text: string,
  from: number,
  isAll: boolean,
  language: string | null,
): Range[] {
  const ranges = sentenceRanges(text.slice(from), language).map(([start, end]): Range => [
    start + from,
    end + from,
  ]);
  const last = ranges.at(-1);
  if (isAll || !last || isFinished(text.slice(...last))) return ranges;
  return ranges.slice(0, -1);
}

function isFinished(sentence: string): boolean {
  return /[.!?…。！？]["”’»)\]]*\s*$/u.test(sentence) && !bindsToNext(sentence, '');
}
