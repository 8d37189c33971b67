import { t } from '@/lib/words';

/** One of several ways to say the same; the same question always gets the same one. */
export function saying(
  what: 'said' | 'summary' | 'silent' | 'thanks' | 'more',
  question: string,
): string {
  const ways = {
    said: [t('brain.said.a'), t('brain.said.b'), t('brain.said.c'), t('brain.said.d')],
    summary: [t('brain.summary.a'), t('brain.summary.b')],
    silent: [t('brain.silent.a'), t('brain.silent.b')],
    thanks: [t('brain.thanks.a'), t('brain.thanks.b')],
    more: [t('brain.more.a'), t('brain.more.b')],
  }[what];
  return ways[dice(question) % ways.length] ?? '';
}

/** What to say before a sentence that stands under a heading; not every time, or it would be a rattle. */
export function sayingUnder(heading: string | null, question: string): string {
  const short = heading !== null && heading.length <= 60 ? heading : null;
  const thrown = dice(question);
  if (short === null || thrown % 3 === 0) return saying('said', question);
  return thrown % 3 === 1 ? t('brain.under.a', [short]) : t('brain.under.b', [short]);
}

function dice(text: string): number {
  let sum = 7;
  for (let i = 0; i < text.length; i += 1) sum = (sum * 31 + text.charCodeAt(i)) % 65_521;
  return sum;
}
