import type { Book, Sentence } from '@/lib/brain/book/book';
import type { Piece } from '@/lib/brain/companion/draft';
import { partAbout } from '@/lib/brain/companion/parts';
import { t } from '@/lib/words';

/** More than a dozen is a wall; the ear holds fewer still. */
const mostItems = 12;

/** "What are the ingredients?": what stands under a heading of that name, where that is a list. */
export function listUnder(book: Book, name: string): Piece[] {
  const part = partAbout(book, name);
  if (!part || part.heading === null) return [];
  const items = book.sentences.slice(part.from + 1, part.to);
  if (items.length < 3 || items.filter(isItem).length < items.length * 0.8) return [];
  return [t('brain.list', [part.heading]), ...listed(items)];
}

/** Headings or items one after the other, and how many are left out. */
export function listed(items: readonly Sentence[]): Piece[] {
  const shown = items.slice(0, mostItems);
  const left = items.length - shown.length;
  const pieces = shown.map(({ text }, i): Piece => {
    const isEnd = i === shown.length - 1 && left === 0;
    return { quote: text, after: isEnd ? '.' : ',' };
  });
  return left > 0 ? [...pieces, t('brain.outline.more', left)] : pieces;
}

/** Short, and not a sentence. */
function isItem({ text }: Sentence): boolean {
  return text.length <= 80 && !/[.!?…。！？]["”’)]*$/u.test(text);
}
