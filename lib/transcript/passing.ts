import { storage } from 'wxt/utils/storage';
import { AppError } from '@/lib/errors';
import { inOrder } from '@/lib/transcript/conversation';
import { readConversation, readMessage } from '@/lib/transcript/record';
import type { Hand, Room, Shelf } from '@/lib/transcript/room';

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
  const messagesOf = async (conversation: string) =>
    messagesAmong(await all('messages'), conversation);
  return {
    async write(work) {
      const draft = openDraft();
      const outcome = await work(draft.hand);
      await draft.store();
      return outcome;
    },
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
    note: (key) => get('notes', key),
    async erase() {
      const keys = Object.keys(await failing(storage.snapshot('session')));
      const ours = keys.filter((key) => key.startsWith(prefix));
      await failing(storage.removeItems(ours.map((key) => `session:${key}` as const)));
    },
    close: () => undefined,
  };
}

/** Looked up one by one; beyond, all of it is read at once: a whole library may move in. */
const few = 20;

/** What is to be written, stored in one go when all of it is known. */
function openDraft(): { readonly hand: Hand; readonly store: () => Promise<void> } {
  /** Undefined: to be gone. */
  const changed = new Map<string, unknown>();
  let known: Readonly<Record<string, unknown>> | null = null;
  let asked = 0;
  const snapshot = async () => (known ??= await failing(storage.snapshot('session')));
  const nameOf = (shelf: Shelf, key: string) => `${prefix}${shelf}:${key}`;

  const hand: Hand = {
    async get(shelf, key) {
      const name = nameOf(shelf, key);
      if (changed.has(name)) return changed.get(name);
      asked += 1;
      if (asked > few) return (await snapshot())[name];
      return (await failing(storage.getItem<unknown>(keyOf(shelf, key)))) ?? undefined;
    },
    async put(shelf, key, value) {
      changed.set(nameOf(shelf, key), value);
    },
    async delete(shelf, key) {
      changed.set(nameOf(shelf, key), undefined);
    },
    async messagesOf(conversation) {
      const merged = { ...(await snapshot()), ...Object.fromEntries(changed) };
      const messages = Object.entries(merged).flatMap(([name, value]) =>
        name.startsWith(nameOf('messages', '')) ? [value] : [],
      );
      return messagesAmong(messages, conversation).map(({ id }) => id);
    },
  };

  async function store(): Promise<void> {
    const items = [...changed].map(([name, value]) => ({ key: `session:${name}` as const, value }));
    const kept = items.filter(({ value }) => value !== undefined);
    const gone = items.filter(({ value }) => value === undefined);
    if (kept.length > 0) await failing(storage.setItems(kept));
    if (gone.length > 0) await failing(storage.removeItems(gone.map(({ key }) => key)));
  }
  return { hand, store };
}

function messagesAmong(records: readonly unknown[], conversation: string) {
  const messages = records.map(readMessage).filter((one) => one !== null);
  return inOrder(messages.filter((message) => message.conversation === conversation));
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
