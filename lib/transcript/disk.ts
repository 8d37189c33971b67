import type { IDBPTransaction } from 'idb';
import { connectTranscript, type Rooms } from '@/lib/transcript/database';
import { forgetPlace } from '@/lib/transcript/place';
import type { Before, Hand, Room } from '@/lib/transcript/room';

/** The room on the disk: IndexedDB, until the reader deletes. */
export function openDisk(): Room {
  const { use, close } = connectTranscript();
  return {
    write: (work, isPassing = false) =>
      use(async (database) => {
        // Browsers tell of success before the disk has it, unless they are asked not to.
        const durability = isPassing ? 'relaxed' : 'strict';
        const transaction = database.transaction(shelves, 'readwrite', { durability });
        return done(transaction, work(handOn(transaction)));
      }),
    conversation: (id) => use((database) => database.get('conversations', id)),
    conversations: () => use((database) => database.getAll('conversations')),
    latest: (enough) =>
      use(async (database) => {
        const index = database.transaction('conversations').store.index('lastAt');
        let at = await index.openCursor(null, 'prev');
        while (at && !enough(at.value)) at = await at.continue();
      }),
    messages: (conversation, before, most) =>
      use(async (database) => {
        const index = database.transaction('messages').store.index('said');
        const range = upTo(conversation, before);
        if (most === Infinity) return (await index.getAll(range)).filter(isEarlier(before));
        // Where the page begins is found by keys alone; ties in time make it a little longer.
        const wanted = most + (before ? 1 : 0);
        let first = await index.openKeyCursor(range, 'prev');
        if (!first) return [];
        if (wanted > 1) first = await first.advance(wanted - 1);
        const lower = first ? first.key : [conversation, -Infinity];
        const page = IDBKeyRange.bound(lower, [conversation, before?.at ?? Infinity]);
        return (await index.getAll(page)).filter(isEarlier(before));
      }),
    everyMessage: () => use((database) => database.getAll('messages')),
    draft: (conversation) => use((database) => database.get('drafts', conversation)),
    note: (key) => use((database) => database.get('notes', key)),
    erase: () =>
      use(async (database) => {
        const transaction = database.transaction(shelves, 'readwrite', { durability: 'strict' });
        // The marks stay: without them an old journal would bring all of it back.
        const said = shelves.filter((name) => name !== 'notes');
        const cleared = said.map((name) => transaction.objectStore(name).clear());
        await done(transaction, Promise.all([...cleared, forgetPlace(handOn(transaction))]));
      }),
    close,
  };
}

type Writing = IDBPTransaction<Rooms, typeof shelves, 'readwrite'>;
const shelves = ['conversations', 'messages', 'drafts', 'notes'] as const;

function handOn(transaction: Writing): Hand {
  return {
    get: (shelf, key) => transaction.objectStore(shelf).get(key),
    async put(shelf, key, value) {
      // What is put in was made by us or read by a schema; the database does not look.
      const store = transaction.objectStore(shelf) as unknown as {
        put(value: unknown, key?: string): Promise<unknown>;
      };
      const hasKey = shelf === 'conversations' || shelf === 'messages';
      await (hasKey ? store.put(value) : store.put(value, key));
    },
    delete: (shelf, key) => transaction.objectStore(shelf).delete(key),
    messagesOf: (conversation) =>
      transaction.objectStore('messages').index('said').getAllKeys(upTo(conversation, null)),
  };
}

const upTo = (conversation: string, before: Before | null) =>
  IDBKeyRange.bound([conversation, -Infinity], [conversation, before?.at ?? Infinity]);

const isEarlier =
  (before: Before | null) =>
  ({ at, id }: { at: number; id: string }) =>
    !before || at < before.at || (at === before.at && id < before.id);

/**
 * A full disk shows at a request or only when all is committed. Whichever side did not fail by
 * itself just says that it was aborted, so the transaction's own reason goes first.
 */
async function done<T>(transaction: Writing, requests: Promise<T>): Promise<T> {
  try {
    const [outcome] = await Promise.all([requests, transaction.done]);
    return outcome;
  } catch (thrown) {
    throw transaction.error ?? thrown;
  }
}
