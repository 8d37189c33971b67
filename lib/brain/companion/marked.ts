import type { Book, Sentence } from '@/lib/brain/book/book';
import { fold, splitSentences } from '@/lib/brain/book/sentences';
import { contentWords } from '@/lib/brain/book/words';
import { definitionOf } from '@/lib/brain/companion/define';
import { quoted, type Piece } from '@/lib/brain/companion/draft';
import { gather } from '@/lib/brain/companion/evidence';
import type { Scene } from '@/lib/brain/companion/scene';
import { summaryOfMarked } from '@/lib/brain/companion/whole';
import type { PageSelection } from '@/lib/page/page';
import { t } from '@/lib/words';

/** "Explain this": what the rest of the page has to say about the marked words. */
export async function explainMarked(scene: Scene): Promise<Piece[]> {
  const { marked, page, context } = scene;
  const selection = context?.selection;
  if (marked === null || !selection) return [t('brain.blind.noSelection')];
  if (page === null) return withoutPage(scene, marked, selection);
  const words = fold(selection.text);
  const defined = isTerm(words) ? definitionOf(page, words, false) : [];
  if (defined.length > 0) return [t('brain.explain.support'), ...quoted(defined)];
  const support = supportFor(page, words);
  if (support.length > 0) return [t('brain.explain.support'), ...quoted(support)];
  const around = isTerm(words) ? sentenceAround(selection, page.language) : null;
  return around === null
    ? [t('brain.explain.alone'), ...(await inShort(scene))]
    : [t('brain.explain.around'), { quote: around }];
}

async function withoutPage(scene: Scene, marked: Book, selection: PageSelection): Promise<Piece[]> {
  const around = sentenceAround(selection, marked.language);
  const shown: Piece[] =
    around === null ? await inShort(scene) : [t('brain.explain.around'), { quote: around }];
  return [...shown, t('brain.explain.onlyThese')];
}

async function inShort(scene: Scene): Promise<Piece[]> {
  return (scene.marked?.sentences.length ?? 0) > 2 ? summaryOfMarked(scene) : [];
}

/** A word or a name rather than a statement. */
function isTerm(words: string): boolean {
  return words.length <= 40 && words.split(' ').length <= 4;
}

/** Up to two sentences elsewhere on the page that share what is particular about the marked ones. */
function supportFor(page: Book, words: string): Sentence[] {
  const wanted = contentWords(words, page.language).slice(0, 30);
  return gather(page, { words: wanted, wants: 'thing' })
    .filter(({ sentence, coverage }) => {
      if (words.includes(sentence.text) || sentence.text.includes(words)) return false;
      if (wanted.length <= 3) return coverage >= 0.6;
      const shared = wanted.filter((word) => word.some((form) => sentence.terms.includes(form)));
      return shared.length >= 3;
    })
    .slice(0, 2)
    .map((one) => one.sentence);
}

/** The whole sentence the marked words stand in; null where they are whole sentences themselves, or it is cut off. */
function sentenceAround(selection: PageSelection, language: string | null): string | null {
  const words = fold(selection.text);
  const glue = (left: string, right: string) =>
    left === '' ||
    right === '' ||
    /\s$|[("“‘「]$/u.test(left) ||
    /^[\s.,;:!?)”’」。，]/u.test(right)
      ? ''
      : ' ';
  const { before, after } = selection;
  const surroundings = `${before}${glue(before, words)}${words}${glue(words, after)}${after}`;
  const found = splitSentences(surroundings, language).find(({ text }) => text.includes(words));
  if (!found || found.text === words) return null;
  const startsWhole = /^["“‘«「(]?[\p{Lu}\p{Lo}\p{N}]/u.test(found.text);
  const endsWhole = /[.!?…。！？؟][”"’»」)]*$/u.test(found.text);
  return startsWhole && endsWhole ? found.text : null;
}
