import { inOrder, joinedBy, type Conversation, type Talk } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';
import { readConversation, readMessage } from '@/lib/transcript/record';
import type { Before, Room } from '@/lib/transcript/room';
import type { Change } from '@/lib/transcript/writer';

/** What this page knows and the room does not. */
export interface Memory {
  /** Changes not known to be written, oldest first. */
  readonly waiting: readonly Change[];
  /** Ids of the messages that somebody is still writing, as far as we heard. */
  readonly alive: ReadonlySet<string>;
}

/** A talk as far as it was read: its end, and perhaps all of it. */
export interface Opened extends Talk {
  /** Something was said before the first of `messages`. */
  readonly hasEarlier: boolean;
}

/** The conversation that was begun or spoken in last, with at most its newest `most` messages. */
export async function latestTalk(room: Room, memory: Memory, most: number): Promise<Opened | null> {
  const found: (Conversation | null)[] = [];
  await room.latest((record) => {
    const conversation = recalled(readConversation(record), memory.waiting);
    if (conversation) found.push(conversation);
    return conversation !== null;
  });
  for (const id of new Set(memory.waiting.map(conversationOf))) {
    if (id !== null) found.push(await conversationIn(room, memory, id));
  }
  const last = found.reduce((a, b) => (a && (!b || a.lastAt >= b.lastAt) ? a : b), null);
  return last && openTalk(room, memory, last, most);
}

/** This very conversation; null where there is none of that id. */
export async function oneTalk(
  room: Room,
  memory: Memory,
  id: string,
  most: number,
): Promise<Opened | null> {
  const conversation = await conversationIn(room, memory, id);
  return conversation && openTalk(room, memory, conversation, most);
}

/** What was said before that message, oldest first; one more than `most` where there is more. */
export async function earlierMessages(
  room: Room,
  memory: Memory,
  conversation: string,
  before: Before | null,
  most: number,
): Promise<{ readonly messages: readonly Message[]; readonly hasEarlier: boolean }> {
  const records = await room.messages(conversation, before, most + 1);
  const messages = recall(records, memory, (one) => one.conversation === conversation && !before);
  const hasEarlier = records.length > most;
  return { messages: hasEarlier ? messages.slice(-most) : messages, hasEarlier };
}

/** Every conversation, with nothing that was said in it; the one spoken in last comes first. */
export async function allConversations(room: Room, memory: Memory): Promise<Conversation[]> {
  const known = new Map<string, Conversation>();
  for (const record of await room.conversations()) {
    const conversation = readConversation(record);
    if (conversation) known.set(conversation.id, conversation);
  }
  for (const id of new Set(memory.waiting.map(conversationOf))) {
    if (id === null) continue;
    const conversation = recalled(known.get(id) ?? null, memory.waiting, id);
    if (conversation) known.set(id, conversation);
    else known.delete(id);
  }
  return [...known.values()].sort((a, b) => b.lastAt - a.lastAt);
}

/** Everything, oldest conversation first. */
export async function allTalks(room: Room, memory: Memory): Promise<Talk[]> {
  const [conversations, records] = await Promise.all([
    allConversations(room, memory),
    room.everyMessage(),
  ]);
  const shelf = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const talks = new Map<string, Message[]>();
  for (const message of recall(records, memory, () => true)) {
    // Where the conversation's own record cannot be read, its messages still make one.
    if (!shelf.has(message.conversation)) {
      if (isDropped(memory.waiting, message.conversation)) continue;
      shelf.set(message.conversation, joinedBy(null, message));
    }
    const talk = talks.get(message.conversation);
    if (talk) talk.push(message);
    else talks.set(message.conversation, [message]);
  }
  return [...shelf.values()]
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((conversation) => ({ conversation, messages: talks.get(conversation.id) ?? [] }));
}

async function openTalk(
  room: Room,
  memory: Memory,
  conversation: Conversation,
  most: number,
): Promise<Opened> {
  return { conversation, ...(await earlierMessages(room, memory, conversation.id, null, most)) };
}

async function conversationIn(room: Room, { waiting }: Memory, id: string) {
  return recalled(readConversation(await room.conversation(id)), waiting, id);
}

/** A stored conversation with what still waits laid over it; null where it is to be gone. */
function recalled(
  stored: Conversation | null,
  waiting: readonly Change[],
  id = stored?.id,
): Conversation | null {
  let conversation = stored;
  for (const change of waiting) {
    if (conversationOf(change) !== id) continue;
    switch (change.kind) {
      case 'begun':
        conversation ??= change.conversation;
        break;
      case 'said':
        conversation = joinedBy(conversation, change.message);
        break;
      case 'dropped':
        conversation = null;
        break;
      case 'named':
        if (conversation) conversation = { ...conversation, title: change.title };
        break;
      case 'pinned':
        if (conversation) conversation = { ...conversation, pinned: change.pinned };
        break;
      case 'removed':
      case 'draft':
        break;
    }
  }
  return conversation;
}

function conversationOf(change: Change): string | null {
  switch (change.kind) {
    case 'said':
      return change.message.conversation;
    case 'begun':
    case 'dropped':
    case 'named':
    case 'pinned':
      return change.id;
    case 'removed':
    case 'draft':
      return null;
  }
}

const isDropped = (waiting: readonly Change[], id: string) =>
  waiting.some((change) => change.kind === 'dropped' && change.id === id);

/** The readable ones of the stored messages, with what still waits laid over them, in order. */
function recall(
  records: readonly unknown[],
  { waiting, alive }: Memory,
  joins: (message: Message) => boolean,
): Message[] {
  const messages = new Map<string, Message>();
  for (const record of records) {
    const message = readMessage(record);
    if (!message) continue;
    const orphaned = message.status === 'interim' && !alive.has(message.id);
    messages.set(message.id, orphaned ? { ...message, status: 'cut' } : message);
  }
  for (const change of waiting) {
    if (change.kind === 'removed') messages.delete(change.id);
    if (change.kind !== 'said') continue;
    if (messages.has(change.id) || joins(change.message)) messages.set(change.id, change.message);
  }
  return inOrder([...messages.values()]);
}
