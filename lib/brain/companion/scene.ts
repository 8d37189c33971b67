import { readBook, type Book } from '@/lib/brain/book/book';
import { fold } from '@/lib/brain/book/sentences';
import type { Shelf } from '@/lib/brain/book/shelf';
import { terms } from '@/lib/brain/book/words';
import { hostOf } from '@/lib/page/address';
import type { PageContext } from '@/lib/page/page';

/** What can be seen right now: as much of the page as its reader shares. */
export interface Scene {
  readonly context: PageContext | null;
  /** The page's text; null below that rung. */
  readonly page: Book | null;
  /** The marked words; null without any. */
  readonly marked: Book | null;
  /** What answers are looked up in: the page, or else the marked words. */
  readonly book: Book | null;
  /** Words of the title: the whole page is about them. */
  readonly topic: ReadonlySet<string>;
  readonly title: string;
  readonly host: string;
  readonly signal: AbortSignal;
}

/** Rejects with `aborted` when the signal says so. */
export async function look(
  context: PageContext | null,
  shelf: Shelf,
  signal: AbortSignal,
): Promise<Scene> {
  const language = context?.language ?? null;
  const page = context?.text ? await shelf.take(context.text, language, signal) : null;
  const words = context?.selection ? fold(context.selection.text) : '';
  const marked =
    words === '' ? null : await readWords(context?.selection?.text ?? '', language, signal);
  const title = fold(context?.title ?? '');
  return {
    context,
    page: page !== null && page.sentences.length > 0 ? page : null,
    marked,
    book: page !== null && page.sentences.length > 0 ? page : marked,
    topic: new Set(terms(title, language)),
    title,
    host: hostOf(context?.url ?? ''),
    signal,
  };
}

function readWords(text: string, language: string | null, signal: AbortSignal): Promise<Book> {
  const section = { heading: null, level: 0, text };
  return readBook({ sections: [section], length: text.length, omitted: 0 }, language, signal);
}
