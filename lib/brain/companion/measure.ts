import type { Piece } from '@/lib/brain/companion/draft';
import type { Scene } from '@/lib/brain/companion/scene';
import { blind } from '@/lib/brain/companion/talk';
import { t } from '@/lib/words';

/** Words a minute, silently and aloud: Brysbaert 2019, "How many words do we read per minute?" (238 and 183). */
const silently = 238;
const aloud = 183;

export function readingTime(scene: Scene): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const minutes = (rate: number) => Math.max(1, Math.round(book.words / rate));
  const spoken = minutes(aloud);
  return [
    t('brain.readingTime', minutes(silently), [String(minutes(silently)), format(book.words)]),
    t('brain.readAloud', [t('brain.minutes', spoken)]),
  ];
}

export function wordCount(scene: Scene): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const sentences = book.sentences.filter((one) => !one.isHeading).length;
  return [
    t('brain.wordCount', book.words, [String(book.words), format(book.words), format(sentences)]),
  ];
}

function format(count: number): string {
  return count.toLocaleString('en');
}
