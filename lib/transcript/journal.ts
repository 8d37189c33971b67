import { jot } from '@/lib/jot';
import type { Change } from '@/lib/transcript/writer';

/**
 * What waits to be written, noted before anything else happens: a page that is closed is given no
 * time for a database, and this store needs none. The page that is opened next writes what an
 * earlier one left here (`left.ts`). It may lose some seconds to a browser that is killed, which
 * the database does not; so the database knows how far a journal has been written (`marks.ts`).
 */
export interface Journal {
  /** This page's, among all. */
  readonly name: string;
  /** @param nth - the write of this page that will have written it. */
  note(waiting: readonly Change[], nth: number): void;
  /** What other pages left, and the way to forget it once it is written. */
  left(): readonly Left[];
}

export interface Left {
  readonly journal: string;
  /** As it was noted. */
  readonly text: string;
  forget(): void;
}

const prefix = 'journal:';

export function openJournal(): Journal {
  const name = crypto.randomUUID();
  const own = `${prefix}${name}`;
  let isEmpty = true;
  return {
    name,
    note(changes, nth) {
      if (changes.length === 0 && isEmpty) return;
      isEmpty = changes.length === 0;
      if (isEmpty) store()?.removeItem(own);
      // Where that store is full the database has it all the same.
      else jot(own, JSON.stringify({ nth, changes }));
    },
    left: () => allJournals().filter(({ journal }) => journal !== name),
  };
}

export function allJournals(): readonly Left[] {
  const all = store();
  if (!all) return [];
  return Array.from({ length: all.length }, (_, index) => all.key(index) ?? '')
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({
      journal: key.slice(prefix.length),
      text: all.getItem(key) ?? '',
      forget: () => all.removeItem(key),
    }));
}

function store(): Storage | undefined {
  return globalThis.localStorage;
}
