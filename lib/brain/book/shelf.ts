import type { PageText } from '@/lib/page/page';
import { readBook, type Book } from '@/lib/brain/book/book';

/** Keeps the two pages read last, so that a second question about a page costs no reading. */
export interface Shelf {
  /** Rejects with `aborted` when the signal says so; nothing half read is kept. */
  take(page: PageText, language: string | null, signal: AbortSignal): Promise<Book>;
}

export function createShelf(): Shelf {
  const kept: { page: PageText; language: string | null; book: Book }[] = [];
  return {
    async take(page, language, signal) {
      const at = kept.findIndex((one) => one.language === language && isSame(one.page, page));
      const [known] = at === -1 ? [] : kept.splice(at, 1);
      const book = known?.book ?? (await readBook(page, language, signal));
      kept.unshift({ page, language, book });
      kept.length = Math.min(kept.length, 2);
      return book;
    },
  };
}

/** By content: the same page comes as a new object with every question. */
function isSame(one: PageText, other: PageText): boolean {
  if (one === other) return true;
  return (
    one.length === other.length &&
    one.sections.length === other.sections.length &&
    one.sections.every((section, i) => {
      const twin = other.sections[i];
      return section.text === twin?.text && section.heading === twin.heading;
    })
  );
}
