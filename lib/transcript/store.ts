import * as settings from '@/lib/settings';
import type { Brought } from '@/lib/transcript/bring';
import { writeChanges } from '@/lib/transcript/changes';
import { begunAt, type Conversation, type Talk } from '@/lib/transcript/conversation';
import { forgetGlimpse } from '@/lib/transcript/glimpse';
import { allJournals, openJournal } from '@/lib/transcript/journal';
import { giveUp, takeUp } from '@/lib/transcript/left';
import type { Message } from '@/lib/transcript/message';
import { readPlace, writePlace, type Place } from '@/lib/transcript/place';
import * as reading from '@/lib/transcript/reading';
import { readDraft } from '@/lib/transcript/record';
import { move, sweep } from '@/lib/transcript/retention';
import { openRoom } from '@/lib/transcript/rooms';
import type { Before, Room } from '@/lib/transcript/room';
import { openWindows, type News } from '@/lib/transcript/windows';
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
  latest(most?: number): Promise<reading.Opened | null>;
  /** This conversation, its newest messages first; null where there is none of that id. */
  read(conversation: string, most?: number): Promise<reading.Opened | null>;
  /** What was said before that message, oldest first. */
  earlier(
    conversation: string,
    before: Before,
    most: number,
  ): Promise<{ readonly messages: readonly Message[]; readonly hasEarlier: boolean }>;
  /** The one spoken in last comes first. */
  conversations(): Promise<readonly Conversation[]>;
  /**
   * A new conversation; the latest one again while nothing has been said in it. Never rejects: a
   * talk can go on where nothing can be kept, and the first `put` tells.
   */
  begin(): Promise<Conversation>;
  /**
   * Adds the message, or replaces the one with its id. An `interim` one is written within a
   * quarter of a second, as it stands by then; any other at once.
   *
   * @param draft - what the composer holds from then on: both are kept, or neither.
   */
  put(message: Message, draft?: string): Promise<void>;
  remove(id: string): Promise<void>;
  rename(conversation: string, title: string): Promise<void>;
  pin(conversation: string, pinned: boolean): Promise<void>;
  /** The whole conversation; what was in it, so that it can be brought back. */
  drop(conversation: string): Promise<Talk | null>;
  /** Talks from a file, or one just dropped. What is there already is not doubled. */
  bring(talks: readonly Talk[]): Promise<Brought>;
  /** What stands unsent in the composer; empty where nothing does. */
  readonly draft: {
    get(conversation: string): Promise<string>;
    set(conversation: string, text: string): Promise<void>;
  };
  /** Where the reader was last. */
  readonly place: {
    get(): Promise<Place | null>;
    set(place: Place): Promise<void>;
  };
  /** Everything, oldest conversation first. */
  all(): Promise<Talk[]>;
  /** Conversations, messages and drafts: gone from every window. */
  erase(): Promise<void>;
  /** From now on everything is kept that long, also what is there already. */
  keepFor(retention: settings.Retention): Promise<void>;
  /** Whether the disk may be written to; false until that is known. */
  isOnDisk(): boolean;
  /** Calls back when another window changed something. Returns the way to stop. */
  watch(changed: (news: News) => void): () => void;
  /** Writes what waits. Made for `pagehide`; the last thing to be called. */
  close(): Promise<void>;
}

/** Connects when first used. */
export function openTranscript(): Transcript {
  const journal = openJournal();
  const windows = openWindows();
  const alive = new Set<string>();
  let standing: { room: Room; retention: settings.Retention } | null = null;
  let opening: Promise<Room> | null = null;

  const isOnDisk = () => standing !== null && standing.retention !== 'session';

  async function open(): Promise<Room> {
    const retention = await settings.retention.get();
    const room = await openRoom(retention);
    standing = { room, retention };
    // Every panel that is opened lets go of what has become too old; nobody waits for it.
    if (retention === 'month') void sweep(room, 'month', Date.now()).catch(() => undefined);
    return room;
  }
  const room = () => (standing ? Promise.resolve(standing.room) : (opening ??= open()));

  /** What a page that was closed had no time to write. */
  async function recover(into: Room): Promise<void> {
    const left = journal.left();
    if (left.length === 0) return;
    await takeUp(into, left);
    for (const { forget } of left) forget();
  }
  let recovered: Promise<void> | null = null;

  async function use<T>(work: (room: Room) => Promise<T>): Promise<T> {
    const where = standing?.room ?? (await room());
    if (isOnDisk()) {
      // Where it cannot be written now, the next one tries again.
      recovered ??= recover(where).catch(() => {
        recovered = null;
      });
      await recovered;
    }
    return work(where);
  }

  const writer = createWriter(
    async (changes, upTo) => {
      // Not `use`: a page being closed has time for nothing that waits.
      const where = standing?.room ?? (await room());
      const mark = isOnDisk() ? { journal: journal.name, upTo } : null;
      for (const news of await writeChanges(where, changes, mark)) windows.tell(news);
    },
    (waiting, nth) => {
      if (isOnDisk()) journal.note(waiting, nth);
    },
  );
  windows.listen((news) => {
    if (news.what === 'said') alive.add(news.said.id);
    // Erased elsewhere: what waits here must not bring it back.
    if (news.what === 'all') writer.forget();
  });
  const unwatch = settings.retention.watch(() => {
    standing?.room.close();
    [standing, opening] = [null, null];
  });

  const memory = (): reading.Memory => ({ waiting: writer.waiting(), alive });
  const tellAll = () => windows.tell({ what: 'all', conversation: null });
  const read = (id: string, most = Infinity) =>
    use((room) => reading.oneTalk(room, memory(), id, most));
  const latest = (most = Infinity) => use((room) => reading.latestTalk(room, memory(), most));

  return {
    latest,
    read,
    earlier: (conversation, before, most) =>
      use((room) => reading.earlierMessages(room, memory(), conversation, before, most)),
    conversations: () => use((room) => reading.allConversations(room, memory())),

    async begin() {
      const last = await latest(1).catch(() => null);
      if (last?.messages.length === 0) return last.conversation;
      const conversation = begunAt(Date.now(), crypto.randomUUID());
      // It waits until it is written, so its first message will say what is wrong.
      await writer.now({ kind: 'begun', id: conversation.id, conversation }).catch(() => undefined);
      return conversation;
    },

    put(message, draft) {
      alive.add(message.id);
      windows.tell({ what: 'said', conversation: message.conversation, said: message });
      const change: Change = { kind: 'said', id: message.id, message };
      if (message.status === 'interim') return writer.soon(change);
      return draft === undefined
        ? writer.now(change)
        : writer.now(change, drafted(message.conversation, draft));
    },

    remove: (id) => writer.now({ kind: 'removed', id }),
    rename: (id, title) => writer.now({ kind: 'named', id, title }),
    pin: (id, pinned) => writer.now({ kind: 'pinned', id, pinned }),
    async drop(id) {
      const talk = await read(id);
      await writer.now({ kind: 'dropped', id });
      return talk;
    },
    async bring(talks) {
      const { bring } = await import('@/lib/transcript/bring');
      const brought = await use((room) => bring(room, talks));
      for (const { conversation } of talks) {
        windows.tell({ what: 'written', conversation: conversation.id });
      }
      return brought;
    },

    draft: {
      async get(conversation) {
        for (const change of writer.waiting()) {
          if (change.kind === 'draft' && change.id === conversation) return change.text;
        }
        return readDraft(await use((room) => room.draft(conversation)))?.text ?? '';
      },
      set: (conversation, text) => writer.now(drafted(conversation, text)),
    },

    place: {
      get: () => use(readPlace),
      set: (place) => use((room) => writePlace(room, place)),
    },

    all: () => use((room) => reading.allTalks(room, memory())),

    async erase() {
      const left = allJournals();
      writer.forget();
      forgetCopies();
      // Either room may hold something: how long things are kept can have been changed in between.
      const rooms = await Promise.all([openRoom('forever'), openRoom('session')]);
      await giveUp(rooms[0], left);
      await Promise.all(rooms.map((room) => room.erase()));
      tellAll();
    },

    async keepFor(retention) {
      const before = await settings.retention.get();
      await settings.retention.set(retention);
      const [from, to] = await Promise.all([openRoom(before), openRoom(retention)]);
      if ((before === 'session') !== (retention === 'session')) await move(from, to);
      if (retention === 'session') forgetCopies();
      await sweep(to, retention, Date.now());
      for (const room of [from, to]) room.close();
      tellAll();
    },

    isOnDisk,
    watch: (changed) => windows.listen(changed),

    async close() {
      unwatch();
      try {
        await writer.close();
      } finally {
        windows.close();
        standing?.room.close();
      }
    },
  };
}

const drafted = (id: string, text: string): Change => ({ kind: 'draft', id, text, at: Date.now() });

/** What was noted besides, where it can be read without waiting. */
function forgetCopies(): void {
  for (const { forget } of allJournals()) forget();
  forgetGlimpse();
}
