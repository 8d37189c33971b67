import * as v from 'valibot';
import { conversationSchema, messageSchema } from '@/lib/transcript/record';
import type { Change } from '@/lib/transcript/writer';

/**
 * What waits to be written, noted before anything else happens: a page that is closed is given no
 * time for a database, and this store needs none. The page that is opened next writes what an
 * earlier one left here. It may lose a few seconds to a crash, which the database does not.
 */
export interface Journal {
  note(waiting: readonly Change[]): void;
  /** What other pages left, and the way to forget it once it is written. */
  left(): Left;
}

interface Left {
  readonly changes: readonly Change[];
  forget(): void;
}

const prefix = 'journal:';

export function openJournal(): Journal {
  const own = `${prefix}${crypto.randomUUID()}`;
  let isEmpty = true;
  return {
    note(waiting) {
      if (waiting.length === 0 && isEmpty) return;
      isEmpty = waiting.length === 0;
      if (isEmpty) store()?.removeItem(own);
      else set(own, JSON.stringify(waiting));
    },
    left() {
      const keys = journals().filter((key) => key !== own);
      const changes = keys.flatMap((key) => {
        const read = v.safeParse(schema, store()?.getItem(key));
        return read.success ? read.output : [];
      });
      // A window that is still open writes its own as well; that does no harm.
      return { changes, forget: () => keys.forEach((key) => store()?.removeItem(key)) };
    },
  };
}

export function forgetJournals(): void {
  for (const key of journals()) store()?.removeItem(key);
}

function set(key: string, text: string): void {
  try {
    store()?.setItem(key, text);
  } catch (thrown) {
    // Full: the database has it all the same.
    if (!(thrown instanceof DOMException)) throw thrown;
  }
}

function journals(): string[] {
  const all = store();
  if (!all) return [];
  const keys = Array.from({ length: all.length }, (_, index) => all.key(index) ?? '');
  return keys.filter((key) => key.startsWith(prefix));
}

function store(): Storage | undefined {
  return globalThis.localStorage;
}

const id = v.string();
const change = v.variant('kind', [
  v.object({ kind: v.literal('begun'), id, conversation: conversationSchema }),
  v.object({ kind: v.literal('said'), id, message: messageSchema }),
  v.object({ kind: v.literal('removed'), id }),
  v.object({ kind: v.literal('dropped'), id }),
  v.object({ kind: v.literal('named'), id, title: v.string() }),
  v.object({ kind: v.literal('pinned'), id, pinned: v.boolean() }),
  v.object({ kind: v.literal('draft'), id, text: v.string(), at: v.number() }),
]);
const schema = v.pipe(v.string(), v.parseJson(), v.array(change));
