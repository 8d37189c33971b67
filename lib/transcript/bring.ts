import type { Conversation, Talk } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';
import { readConversation, readMessage } from '@/lib/transcript/record';
import type { Hand, Room } from '@/lib/transcript/room';

/** How much of what was brought was not there before. */
export interface Brought {
  readonly conversations: number;
  readonly messages: number;
}

/**
 * Brings talks from elsewhere in. What is there already stays as it is and is not doubled. Where
 * an id is taken by something else, the newcomer gets another, made from what it is: brought a
 * second time it is known again.
 */
export function bring(room: Room, talks: readonly Talk[]): Promise<Brought> {
  return room.write(async (hand) => {
    let [conversations, messages] = [0, 0];
    for (const talk of talks) {
      const { id, isNew } = await placeFor(hand, talk.conversation);
      if (isNew) conversations += 1;
      for (const message of talk.messages) {
        if (await bringMessage(hand, { ...message, conversation: id })) messages += 1;
      }
    }
    return { conversations, messages };
  });
}

async function placeFor(hand: Hand, conversation: Conversation) {
  for (const id of [conversation.id, `${conversation.id}-${conversation.startedAt}`]) {
    const record = await hand.get('conversations', id);
    if (record === undefined) {
      await hand.put('conversations', id, { ...conversation, id });
      return { id, isNew: true };
    }
    const known = readConversation(record);
    if (known?.startedAt !== conversation.startedAt) continue;
    const title = known.title || conversation.title;
    const lastAt = Math.max(known.lastAt, conversation.lastAt);
    await hand.put('conversations', id, { ...known, title, lastAt });
    return { id, isNew: false };
  }
  const id = `${conversation.id}-${fingerprint(conversation)}`;
  await hand.put('conversations', id, { ...conversation, id });
  return { id, isNew: true };
}

async function bringMessage(hand: Hand, message: Message): Promise<boolean> {
  for (const id of [message.id, `${message.id}-${fingerprint(message)}`]) {
    const known = readMessage(await hand.get('messages', id));
    if (!known) {
      // What is brought is not being said any more.
      const status = message.status === 'interim' ? 'cut' : message.status;
      await hand.put('messages', id, { ...message, id, status });
      return true;
    }
    // The same, or an earlier state of it.
    const isSame = known.conversation === message.conversation && known.at === message.at;
    if (isSame && known.text.startsWith(message.text)) return false;
    if (isSame && message.text.startsWith(known.text)) {
      await hand.put('messages', id, { ...message, id });
      return false;
    }
  }
  return false;
}

/** cyrb53 (bryc, public domain): enough to tell apart what happens to share an id. */
function fingerprint(what: Conversation | Message): string {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (const sign of JSON.stringify(what, Object.keys(what).sort(byName))) {
    const code = sign.codePointAt(0) ?? 0;
    one = Math.imul(one ^ code, 2654435761);
    other = Math.imul(other ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & other) + (one >>> 0)).toString(36);
}

const byName = (one: string, other: string) => (one < other ? -1 : 1);
