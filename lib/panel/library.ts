import { signal, type ReadonlySignal } from '@preact/signals';
import type { Notices } from '@/lib/panel/notice';
import type { TalkModel } from '@/lib/panel/talk';
import type { Conversation, Talk } from '@/lib/transcript/conversation';
import { download, type Format } from '@/lib/transcript/download';
import { createSearch, type Found, type Search } from '@/lib/transcript/search';
import type { Transcript } from '@/lib/transcript/store';

/** Every conversation kept: looked through, named, pinned, saved, deleted, and gone on with. */
export interface Library {
  /** Pinned ones first, then the ones spoken in last; null until they are there. */
  readonly all: ReadonlySignal<readonly Conversation[] | null>;
  readonly query: ReadonlySignal<string>;
  /** What fits the query; null while nothing is looked for, or not all has been read yet. */
  readonly found: ReadonlySignal<readonly Found[] | null>;
  /** The one deleted last, as long as it can be brought back. */
  readonly dropped: ReadonlySignal<Talk | null>;
  look(query: string): void;
  /** Goes on with it in the panel, from that message where it is given. */
  pick(conversation: string, message?: string): Promise<void>;
  rename(conversation: string, title: string): Promise<void>;
  pin(conversation: string, pinned: boolean): Promise<void>;
  drop(conversation: string): Promise<void>;
  /** The one deleted last is back as it was. */
  undo(): Promise<void>;
  save(conversation: string, format: Format): Promise<void>;
  dispose(): void;
}

export interface LibraryOptions {
  readonly transcript: Transcript;
  readonly talk: TalkModel;
  readonly notices: Pick<Notices, 'fail'>;
  /** BCP 47. */
  readonly language: string;
  /** Whatever is said in the conversation on the screen comes to its end first. */
  readonly leave: () => Promise<void>;
}

/** A reader who types is not overtaken by what is said meanwhile; it may be found a moment later. */
const restful = 400;

export function createLibrary(options: LibraryOptions): Library {
  const { transcript, talk, notices, language, leave } = options;
  const all = signal<readonly Conversation[] | null>(null);
  const query = signal('');
  const found = signal<readonly Found[] | null>(null);
  const dropped = signal<Talk | null>(null);
  let search: Promise<Search> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const trying = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      notices.fail(error);
    }
  };

  async function list(): Promise<void> {
    const conversations = await transcript.conversations();
    const isPinned = ({ pinned }: Conversation) => Number(pinned === true);
    all.value = [...conversations].sort((one, other) => isPinned(other) - isPinned(one));
  }

  const searching = () => (search ??= transcript.all().then(createSearch));

  async function find(): Promise<void> {
    const wanted = query.peek();
    if (wanted.trim() === '') {
      found.value = null;
      return;
    }
    const { find } = await searching();
    if (query.peek() === wanted) found.value = find(wanted);
  }

  const refresh = () =>
    trying(async () => {
      search = null;
      await Promise.all([list(), find()]);
      // Read while the reader still looks at the list, so that the first word finds it ready.
      await searching();
    });

  const stop = transcript.watch(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void refresh();
    }, restful);
  });
  void refresh();

  return {
    all,
    query,
    found,
    dropped,
    look(words) {
      query.value = words;
      void trying(find);
    },
    pick: (id, message) =>
      trying(async () => {
        if (id !== talk.conversation.peek()) await leave();
        await talk.show(id, message);
      }),
    rename: (id, title) =>
      trying(async () => {
        const short = title.trim();
        if (short === '') return;
        await transcript.rename(id, short);
        await refresh();
      }),
    pin: (id, pinned) =>
      trying(async () => {
        await transcript.pin(id, pinned);
        await refresh();
      }),
    drop: (id) =>
      trying(async () => {
        const isHere = id === talk.conversation.peek();
        if (isHere) await leave();
        const before = await transcript.drop(id);
        if (isHere) await talk.fresh();
        dropped.value = before;
        await refresh();
      }),
    undo: () =>
      trying(async () => {
        const back = dropped.peek();
        dropped.value = null;
        if (back) await transcript.bring([back]);
        await refresh();
      }),
    save: (id, format) =>
      trying(async () => {
        const saved = await transcript.read(id);
        if (saved) download([saved], format, language);
      }),
    dispose() {
      clearTimeout(timer);
      stop();
    },
  };
}
