import { joinedBy } from '@/lib/transcript/conversation';
import { readConversation, readDraft, readMessage } from '@/lib/transcript/record';
import { markWritten, type Mark } from '@/lib/transcript/marks';
import type { Hand, Room } from '@/lib/transcript/room';
import type { News } from '@/lib/transcript/windows';
import type { Change } from '@/lib/transcript/writer';

/**
 * Writes the changes and gives back what the other windows should hear of. Writing the same
 * changes twice does no harm, so after a failure all of them may simply be tried again.
 *
 * @param mark - what is to be known of it, together with the changes.
 */
export function writeChanges(
  room: Room,
  changes: readonly Change[],
  mark: Mark | null = null,
): Promise<readonly News[]> {
  return room.write(async (hand) => {
    const news: News[] = [];
    for (const change of changes) {
      const told = await writeChange(hand, change, false);
      if (told) news.push(told);
    }
    if (mark) await markWritten(hand, [mark]);
    return news;
  }, changes.every(isPassing));
}

const isPassing = (change: Change) =>
  change.kind === 'draft' || (change.kind === 'said' && change.message.status === 'interim');

/** @param late - it was left by a page that was closed: whatever is newer by now stays. */
export async function writeChange(hand: Hand, change: Change, late: boolean): Promise<News | null> {
  const { id } = change;
  const written = { what: 'written', conversation: id } as const;
  switch (change.kind) {
    case 'begun':
      if ((await hand.get('conversations', id)) === undefined) {
        await hand.put('conversations', id, change.conversation);
      }
      return written;
    case 'said':
      return writeMessage(hand, change, late);
    case 'removed': {
      const stored = readMessage(await hand.get('messages', id));
      await hand.delete('messages', id);
      return stored && { what: 'removed', conversation: stored.conversation, message: id };
    }
    case 'dropped':
      for (const message of await hand.messagesOf(id)) await hand.delete('messages', message);
      await hand.delete('conversations', id);
      await hand.delete('drafts', id);
      return { what: 'dropped', conversation: id };
    case 'named':
    case 'pinned': {
      const stored = readConversation(await hand.get('conversations', id));
      if (!stored) return null;
      const changed = change.kind === 'named' ? { title: change.title } : { pinned: change.pinned };
      await hand.put('conversations', id, { ...stored, ...changed });
      return written;
    }
    case 'draft': {
      const stored = late ? readDraft(await hand.get('drafts', id)) : null;
      if (stored && stored.at > change.at) return null;
      // An empty one stays as well: it is what tells an older one, left in a journal, that it is old.
      await hand.put('drafts', id, { text: change.text, at: change.at });
      // What somebody types in one window is no news to another.
      return null;
    }
  }
}

async function writeMessage(
  hand: Hand,
  { message }: Extract<Change, { kind: 'said' }>,
  late: boolean,
): Promise<News | null> {
  if (late) {
    const stored = readMessage(await hand.get('messages', message.id));
    const isNewer =
      stored && (stored.status !== 'interim' || stored.text.length > message.text.length);
    if (isNewer === true) return null;
  }
  const record = await hand.get('conversations', message.conversation);
  const conversation = readConversation(record);
  // One that we cannot read is left to the version that can.
  if (conversation || record === undefined) {
    await hand.put('conversations', message.conversation, joinedBy(conversation, message));
  }
  await hand.put('messages', message.id, message);
  return { what: 'written', conversation: message.conversation };
}
