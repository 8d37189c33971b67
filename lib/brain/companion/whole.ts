import type { Book, Part, Sentence } from '@/lib/brain/book/book';
import { startPace } from '@/lib/brain/book/pace';
import { quoted, type Piece } from '@/lib/brain/companion/draft';
import { listed } from '@/lib/brain/companion/list';
import type { Lookup } from '@/lib/brain/companion/lookup';
import { saying } from '@/lib/brain/companion/frames';
import { headedParts, partAbout, reachOf } from '@/lib/brain/companion/parts';
import type { Scene } from '@/lib/brain/companion/scene';
import { mostTelling } from '@/lib/brain/companion/summary';
import { blind } from '@/lib/brain/companion/talk';
import { t } from '@/lib/words';

/** "What is this page?": its name, its place, and the sentence at its heart. */
export async function aboutPage(scene: Scene): Promise<Piece[]> {
  const { page, title, host } = scene;
  const name =
    title === '' ? t('brain.about.untitled', [host]) : t('brain.about.page', [title, host]);
  if (page === null) return scene.marked === null ? blind(scene) : [name, ...blind(scene)];
  const [first] = await telling(page, lead(page), scene, 1);
  return first ? [name, t('brain.about.lead'), { quote: first.text }] : [name];
}

export function titleOfPage(scene: Scene): Piece[] {
  return scene.title === '' ? blind(scene) : [t('brain.title', [scene.title])];
}

export async function outline(scene: Scene): Promise<Piece[]> {
  const { page } = scene;
  if (page === null) return blind(scene);
  const parts = headedParts(page, scene.title);
  if (parts.length === 0) {
    const [first] = await telling(page, whole(page), scene, 1);
    return [`${t('brain.outline.none')}:`, ...quoted(first ? [first] : [])];
  }
  const headings = parts.flatMap((part) => page.sentences[part.from] ?? []);
  return [t('brain.outline.whole', parts.length), ...listed(headings)];
}

/** @param lookup what was already quoted is not quoted again: "more" goes on from there. */
export async function summary(
  scene: Scene,
  of: string | null,
  most: number,
  { question, more, isSeen }: Pick<Lookup, 'question' | 'more' | 'isSeen'>,
): Promise<Piece[]> {
  const { page } = scene;
  if (page === null) {
    return scene.marked === null
      ? blind(scene)
      : [...(await summaryOfMarked(scene)), ...blind(scene)];
  }
  if (of === null) {
    const said = await telling(page, whole(page), scene, most, isSeen);
    if (said.length === 0) return [t('brain.more.none')];
    return [saying(more ? 'more' : 'summary', question), ...quoted(said), omitted(scene)];
  }
  const part = partAbout(page, of);
  return part ? summaryOfPart(scene, page, part, most) : [t('brain.summary.noPart', [of])];
}

export async function summaryOfMarked(scene: Scene): Promise<Piece[]> {
  const { marked } = scene;
  if (marked === null) return [t('brain.blind.noSelection')];
  if (marked.sentences.length <= 2) return [t('brain.summary.brief'), ...quoted(marked.sentences)];
  const most = marked.sentences.length < 6 ? 1 : 2;
  return [t('brain.summary.marked'), ...quoted(await telling(marked, whole(marked), scene, most))];
}

export async function summaryOfPart(
  scene: Scene,
  book: Book,
  part: Part,
  most: number,
): Promise<Piece[]> {
  const said = await telling(book, reachOf(book, part), scene, most);
  return [t('brain.summary.part', [part.heading ?? '']), ...quoted(said)];
}

function telling(
  book: Book,
  among: { readonly from: number; readonly to: number },
  scene: Scene,
  most: number,
  isSeen?: (sentence: Sentence) => boolean,
): Promise<Sentence[]> {
  return mostTelling(book, among, scene.topic, most, startPace(scene.signal), isSeen);
}

function whole(book: Book) {
  return { from: 0, to: book.sentences.length };
}

/** What a page is about it says in its first lines. */
function lead(book: Book) {
  return { from: 0, to: Math.min(book.sentences.length, 6) };
}

function omitted({ context }: Scene): string {
  return (context?.text?.omitted ?? 0) > 0 ? t('brain.omitted') : '';
}
