import { inOrder, joinedBy, type Conversation, type Talk } from '@/lib/transcript/conversation';
import type { Database } from '@/lib/transcript/database';
import type { Message } from '@/lib/transcript/message';
import { readConversation, readMessage } from '@/lib/transcript/record';
import type { Change } from '@/lib/transcript/writer';

/** What this page knows and the database does not. */
export interface Memory {
  /** Changes not known to be written, oldest first. */
  readonly waiting: readonly Change[];
  /** Ids of the messages that somebody is still writing, as far as we heard. */
  readonly alive: ReadonlySet<string>;
}

/** The conversation that was begun or spoken in last. */
export async function latestTalk(database: Database, memory: Memory): Promise<Talk | null> {
  const shelf: Shelf = new Map();
  place(shelf, await newest(database));
  for (const change of memory.waiting) {
    if (change.kind !== 'said') continue;
    place(
      shelf,
      readConversation(await database.get('conversations', change.message.conversation)),
    );
  }
  joinWaiting(shelf, memory.waiting);
  const conversation = [...shelf.values()].reduce<Conversation | null>(
    (last, one) => (last && last.lastAt >= one.lastAt ? last : one),
    null,
  );
  if (!conversation) return null;
  const whole = IDBKeyRange.bound([conversation.id, -Infinity], [conversation.id, Infinity]);
  const records = await database.getAllFromIndex('messages', 'said', whole);
  const messages = recall(records, memory).filter((m) => m.conversation === conversation.id);
  return { conversation, messages };
}

/** Everything, oldest conversation first. */
export async function allTalks(database: Database, memory: Memory): Promise<Talk[]> {
  const [conversations, records] = await Promise.all([
    database.getAll('conversations'),
    database.getAll('messages'),
  ]);
  const shelf: Shelf = new Map();
  for (const record of conversations) place(shelf, readConversation(record));
  joinWaiting(shelf, memory.waiting);
  const talks = new Map<string, Message[]>();
  for (const message of recall(records, memory)) {
    // Where the conversation's own record cannot be read, its messages still make one.
    if (!shelf.has(message.conversation)) place(shelf, joinedBy(null, message));
    talks.set(message.conversation, [...(talks.get(message.conversation) ?? []), message]);
  }
  return [...shelf.values()]
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((conversation) => ({ conversation, messages: talks.get(conversation.id) ?? [] }));
}

type Shelf = Map<string, Conversation>;

function place(shelf: Shelf, conversation: Conversation | null): void {
  if (conversation) shelf.set(conversation.id, conversation);
}

function joinWaiting(shelf: Shelf, waiting: readonly Change[]): void {
  for (const change of waiting) {
    if (change.kind === 'begun' && !shelf.has(change.id)) place(shelf, change.conversation);
    if (change.kind !== 'said') continue;
    place(shelf, joinedBy(shelf.get(change.message.conversation) ?? null, change.message));
  }
}

/** The readable ones of the stored messages, with what still waits laid over them, in order. */
function recall(records: readonly unknown[], { waiting, alive }: Memory): Message[] {
  const messages = new Map<string, Message>();
  for (const record of records) {
    const message = readMessage(record);
    if (!message) continue;
    const orphaned = message.status === 'interim' && !alive.has(message.id);
    messages.set(message.id, orphaned ? { ...message, status: 'cut' } : message);
  }
  for (const change of waiting) {
    if (change.kind === 'said') messages.set(change.id, change.message);
    if (change.kind === 'removed') messages.delete(change.id);
  }
  return inOrder([...messages.values()]);
}

async function newest(database: Database): Promise<Conversation | null> {
  const index = database.transaction('conversations').store.index('lastAt');
  for (let at = await index.openCursor(null, 'prev'); at; at = await at.continue()) {
    const conversation = readConversation(at.value);
    if (conversation) return conversation;
  }
  return null;
}
