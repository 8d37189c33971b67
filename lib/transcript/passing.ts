import { storage } from 'wxt/utils/storage';
import { AppError } from '@/lib/errors';
import { inOrder } from '@/lib/transcript/conversation';
import { readConversation, readMessage } from '@/lib/transcript/record';
import type { Room, Shelf } from '@/lib/transcript/room';

/**
 * The room that passes: `storage.session` lies in the browser's memory and never on the disk, is
 * seen by all of our windows, and is gone when the browser is closed.
 */
export function openPassing(): Room {
  const all = async (shelf: Shelf) =>
    Object.entries(await failing(storage.snapshot('session'))).flatMap(([key, value]) =>
      key.startsWith(`${prefix}${shelf}:`) ? [value] : [],
    );
  const get = async (shelf: Shelf, key: string) =>
    (await failing(storage.getItem<unknown>(keyOf(shelf, key)))) ?? undefined;
  const messagesOf = async (conversation: string) => {
    const messages = (await all('messages')).map(readMessage);
    return inOrder(messages.filter((one) => one !== null)).filter(
      (message) => message.conversation === conversation,
    );
  };
  return {
    write: (work) =>
      work({
        get,
        put: (shelf, key, value) => failing(storage.setItem(keyOf(shelf, key), value)),
        delete: (shelf, key) => failing(storage.removeItem(keyOf(shelf, key))),
        messagesOf: async (conversation) => (await messagesOf(conversation)).map(({ id }) => id),
      }),
    conversation: (id) => get('conversations', id),
    conversations: () => all('conversations'),
    async latest(enough) {
      const conversations = (await all('conversations')).flatMap((record) => {
        const conversation = readConversation(record);
        return conversation ? [conversation] : [];
      });
      conversations.sort((a, b) => b.lastAt - a.lastAt).some(enough);
    },
    async messages(conversation, before, most) {
      const messages = await messagesOf(conversation);
      const end = before ? messages.findIndex(({ id }) => id === before.id) : messages.length;
      return messages.slice(Math.max(0, end - most), Math.max(0, end));
    },
    everyMessage: () => all('messages'),
    draft: (conversation) => get('drafts', conversation),
    async erase() {
      const keys = Object.keys(await failing(storage.snapshot('session')));
      const ours = keys.filter((key) => key.startsWith(prefix));
      await failing(storage.removeItems(ours.map((key) => `session:${key}` as const)));
    },
    close: () => undefined,
  };
}

const prefix = 'transcript:';
const keyOf = (shelf: Shelf, key: string) => `session:${prefix}${shelf}:${key}` as const;

/** Browsers allow it about 10 MB, and say so only in words. */
async function failing<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (thrown) {
    const isFull = thrown instanceof Error && /quota/iu.test(thrown.message);
    throw new AppError(isFull ? 'storage_full' : 'storage_failed', { cause: thrown });
  }
}
