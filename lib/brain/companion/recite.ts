import type { Book, Sentence } from '@/lib/brain/book/book';
import { contentWords } from '@/lib/brain/book/words';
import type { Piece } from '@/lib/brain/companion/draft';
import { gather, verdict } from '@/lib/brain/companion/evidence';
import { partAbout, reachOf } from '@/lib/brain/companion/parts';
import type { Scene } from '@/lib/brain/companion/scene';
import { blind } from '@/lib/brain/companion/talk';
import { t } from '@/lib/words';

/** About a minute of speech. */
const breath = 1000;

/** The page's words themselves: of a part, or from the beginning. */
export function readOut(scene: Scene, of: string | null): Piece[] {
  if (scene.page === null) return scene.marked === null ? blind(scene) : readMarked(scene);
  const { page } = scene;
  if (of === null) return recital(page, { from: 0, to: page.sentences.length });
  const part = partAbout(page, of);
  if (part)
    return [t('brain.read.part', [part.heading ?? '']), ...recital(page, reachOf(page, part))];
  const best = gather(page, {
    words: contentWords(of, page.language),
    wants: 'thing',
  })[0];
  if (!best || verdict(best, 'thing') !== 'said') return [t('brain.summary.noPart', [of])];
  return [...recital(page, paragraphOf(page, best.sentence))];
}

export function readMarked({ marked }: Scene): Piece[] {
  if (marked === null) return [t('brain.blind.noSelection')];
  // A reader who marked it wants all of it; a selection is 2,000 characters at most.
  return recital(marked, { from: 0, to: marked.sentences.length }, Infinity);
}

function recital(
  book: Book,
  { from, to }: { readonly from: number; readonly to: number },
  longest = breath,
): Piece[] {
  const pieces: Piece[] = [];
  let length = 0;
  for (const sentence of book.sentences.slice(from, to)) {
    if (sentence.isHeading && (length === 0 || sentence.id === from)) continue;
    if (length > 0 && length + sentence.text.length > longest) {
      pieces.push(t('brain.read.rest'));
      break;
    }
    pieces.push({ recite: sentence.text, noted: length === 0 });
    length += sentence.text.length;
  }
  return pieces;
}

function paragraphOf(book: Book, { part, paragraph }: Sentence) {
  const isIn = (one: Sentence) => one.part === part && one.paragraph === paragraph;
  const from = book.sentences.findIndex(isIn);
  return { from, to: from + book.sentences.filter(isIn).length };
}
