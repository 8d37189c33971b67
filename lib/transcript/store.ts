import { eraseAll, writeChanges } from '@/lib/transcript/changes';
import { begunAt, type Conversation, type Talk } from '@/lib/transcript/conversation';
import { connectTranscript } from '@/lib/transcript/database';
import type { Message } from '@/lib/transcript/message';
import { allTalks, latestTalk, type Memory } from '@/lib/transcript/reading';
import { openWindows } from '@/lib/transcript/windows';
import { createWriter, type Change } from '@/lib/transcript/writer';

/**
 * What was said, kept on this device. A verb that fails rejects with an `AppError`:
 * `storage_full` or `storage_failed`. What could not be written stays in memory, is seen by the
 * verbs that read, and is tried again with the next write.
 *
 * An `interim` message that nobody is still writing lost its session in mid-word: it reads as `cut`.
 */
export interface Transcript {
  /** The conversation that was begun or spoken in last; null where there is none. */
  latest(): Promise<Talk | null>;
  /**
   * A new conversation; the latest one again while nothing has been said in it. Never rejects: a
   * talk can go on where nothing can be kept, and the first `put` tells.
   */
  begin(): Promise<Conversation>;
  /**
   * Adds the message, or replaces the one with its id. An `interim` one is written within a
   * quarter of a second, as it stands by then; any other at once.
   */
  put(message: Message): Promise<void>;
  remove(id: string): Promise<void>;
  /** What stands unsent in the composer; empty where nothing does. */
  readonly draft: {
    get(conversation: string): Promise<string>;
    set(conversation: string, text: string): Promise<void>;
  };
  /** Everything, oldest conversation first. */
  all(): Promise<Talk[]>;
  /** Conversations, messages and drafts: gone from every window. */
  erase(): Promise<void>;
  /** Calls back when another window changed a conversation (null: all are erased). Returns the way to stop. */
  watch(changed: (conversation: string | null) => void): () => void;
  /** Writes what waits. Made for `pagehide`; the last thing to be called. */
  close(): Promise<void>;
}

/** Connects when first used. */
export function openTranscript(): Transcript {
  const connection = connectTranscript();
  const windows = openWindows();
  const alive = new Set<string>();
  const writer = createWriter((changes) =>
    connection.use(async (database) => {
      for (const news of await writeChanges(database, changes)) windows.tell(news);
    }),
  );
  windows.listen(({ conversation, message }) => {
    if (message !== null) alive.add(message);
    // Erased elsewhere: what waits here must not bring it back.
    if (conversation === null) writer.forget();
  });
  const memory = (): Memory => ({ waiting: writer.waiting(), alive });
  const latest = () => connection.use((database) => latestTalk(database, memory()));

  return {
    latest,

    async begin() {
      const last = await latest().catch(() => null);
      if (last?.messages.length === 0) return last.conversation;
      const conversation = begunAt(Date.now(), crypto.randomUUID());
      // It waits until it is written, so its first message will say what is wrong.
      await writer.now({ kind: 'begun', id: conversation.id, conversation }).catch(() => undefined);
      return conversation;
    },

    put(message) {
      alive.add(message.id);
      const change: Change = { kind: 'said', id: message.id, message };
      return message.status === 'interim' ? writer.soon(change) : writer.now(change);
    },

    remove: (id) => writer.now({ kind: 'removed', id }),

    draft: {
      async get(conversation) {
        for (const change of writer.waiting()) {
          if (change.kind === 'draft' && change.id === conversation) return change.text;
        }
        const stored: unknown = await connection.use((database) =>
          database.get('drafts', conversation),
        );
        return typeof stored === 'string' ? stored : '';
      },
      // Every letter at once: nobody types faster than a database writes, and Firefox gives a
      // page that is closed no time to write what waits.
      set: (conversation, text) => writer.now({ kind: 'draft', id: conversation, text }),
    },

    all: () => connection.use((database) => allTalks(database, memory())),

    async erase() {
      writer.forget();
      await connection.use(eraseAll);
      windows.tell({ conversation: null, message: null });
    },

    watch: (changed) => windows.listen(({ conversation }) => changed(conversation)),

    async close() {
      try {
        await writer.close();
      } finally {
        windows.close();
        connection.close();
      }
    },
  };
}
