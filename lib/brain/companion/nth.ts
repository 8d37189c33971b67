import type { Book, Sentence } from '@/lib/brain/book/book';
import type { Piece } from '@/lib/brain/companion/draft';
import { headedParts, partAbout } from '@/lib/brain/companion/parts';
import type { Scene } from '@/lib/brain/companion/scene';
import { blind } from '@/lib/brain/companion/talk';
import { summaryOfPart } from '@/lib/brain/companion/whole';
import { t } from '@/lib/words';

/** "The second part", "the first step": the nth of what the page has several of; -1 is the last. */
export async function nthOf(scene: Scene, nth: number, of: string): Promise<Piece[]> {
  const { page } = scene;
  if (page === null) return blind(scene);
  const index = nth < 0 ? nth : nth - 1;
  if (/^(?:part|section|chapter|heading|one)s?$/u.test(of)) {
    const part = headedParts(page, scene.title).at(index);
    return part ? summaryOfPart(scene, page, part, 2) : [t('brain.more.none')];
  }
  const found = itemsOf(page, of).at(index);
  return found ? [{ quote: found.text }] : [t('brain.find.not', [of])];
}

/** Sentences; first sentences of paragraphs; or of the paragraphs under a heading that means such things. */
function itemsOf(page: Book, of: string): Sentence[] {
  const sentences = page.sentences.filter((one) => !one.isHeading);
  if (of === 'sentence') return sentences;
  const opensParagraph = ({ id, part, paragraph }: Sentence) => {
    const before = page.sentences[id - 1];
    return before?.part !== part || before.paragraph !== paragraph;
  };
  if (of === 'paragraph') return sentences.filter(opensParagraph);
  const names = otherNames[of] ?? [of];
  const part = names.map((name) => partAbout(page, name)).find((one) => one !== null);
  return part ? page.sentences.slice(part.from + 1, part.to).filter(opensParagraph) : [];
}

/** What a list of steps may be headed by. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  step: ['steps', 'method', 'instructions', 'directions', 'preparation', 'procedure', 'how to'],
  instruction: ['instructions', 'method', 'steps', 'directions'],
};
