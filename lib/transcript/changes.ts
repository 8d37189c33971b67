import type { IDBPTransaction } from 'idb';
import { joinedBy } from '@/lib/transcript/conversation';
import type { Database, Rooms } from '@/lib/transcript/database';
import { readConversation, readMessage } from '@/lib/transcript/record';
import type { News } from '@/lib/transcript/windows';
import type { Change } from '@/lib/transcript/writer';

/**
 * Writes the changes and gives back what the other windows should hear of. Writing the same
 * changes twice does no harm, so after a failure all of them may simply be tried again.
 */
export async function writeChanges(
  database: Database,
  changes: readonly Change[],
): Promise<readonly News[]> {
  const transaction = database.transaction(stores, 'readwrite');
  const news: News[] = [];
  const written = (async () => {
    for (const change of changes) {
      const told = await writeChange(transaction, change);
      if (told) news.push(told);
    }
  })();
  await done(transaction, written);
  return news;
}

/** Conversations, messages and drafts, gone together or not at all. */
export async function eraseAll(database: Database): Promise<void> {
  const transaction = database.transaction(stores, 'readwrite');
  await done(transaction, Promise.all(stores.map((name) => transaction.objectStore(name).clear())));
}

type Writing = IDBPTransaction<Rooms, typeof stores, 'readwrite'>;
const stores = ['conversations', 'messages', 'drafts'] as const;

async function writeChange(transaction: Writing, change: Change): Promise<News | null> {
  const conversations = transaction.objectStore('conversations');
  const messages = transaction.objectStore('messages');
  const drafts = transaction.objectStore('drafts');
  switch (change.kind) {
    case 'begun':
      if (!(await conversations.get(change.id))) await conversations.put(change.conversation);
      return { conversation: change.id, message: null };
    case 'said': {
      const { message } = change;
      const stored = await conversations.get(message.conversation);
      const conversation = readConversation(stored);
      // One that we cannot read is left to the version that can.
      if (conversation || stored === undefined)
        await conversations.put(joinedBy(conversation, message));
      await messages.put(message);
      return { conversation: message.conversation, message: message.id };
    }
    case 'removed': {
      const stored = readMessage(await messages.get(change.id));
      await messages.delete(change.id);
      return { conversation: stored?.conversation ?? change.id, message: change.id };
    }
    case 'draft':
      if (change.text === '') await drafts.delete(change.id);
      else await drafts.put({ text: change.text, at: change.at }, change.id);
      // What somebody types in one window is no news to another.
      return null;
  }
}

/**
 * A full disk shows at a request or only when all is committed. Whichever side did not fail by
 * itself just says that it was aborted, so the transaction's own reason goes first.
 */
async function done(transaction: Writing, requests: Promise<unknown>): Promise<void> {
  try {
    await Promise.all([requests, transaction.done]);
  } catch (thrown) {
    throw transaction.error ?? thrown;
  }
}
