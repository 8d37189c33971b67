import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { toAppError, type AppError } from '@/lib/errors';
import type { PageStamp } from '@/lib/page/page';
import type { Card, Look, Speech, Turn } from '@/lib/session/provider';
import type { Message } from '@/lib/transcript/message';
import type { Place } from '@/lib/transcript/place';
import type { Opened } from '@/lib/transcript/reading';
import type { Transcript } from '@/lib/transcript/store';
import type { News } from '@/lib/transcript/windows';

/** The conversation on the screen. It is the truth here; the transcript keeps it for later. */
export interface TalkModel {
  readonly messages: ReadonlySignal<readonly Message[]>;
  readonly draft: ReadonlySignal<string>;
  readonly conversation: ReadonlySignal<string>;
  /** More was said before the first of `messages`. */
  readonly hasEarlier: ReadonlySignal<boolean>;
  /** Where the reader is brought: to where they were, or to what they looked for; null: to the end. */
  readonly place: ReadonlySignal<Place['at']>;
  /** Brings the conversation that was open last and its draft back. */
  open(): Promise<void>;
  /** Goes on with another conversation, at that message or at its end. */
  show(conversation: string, message?: string): Promise<void>;
  /** Brings some more of what was said before. */
  earlier(): Promise<void>;
  /** Where the reader is now. */
  stay(at: Place['at']): void;
  /** What the reader asks, as it stands in the talk: there once it is kept. */
  ask(text: string, page: PageStamp | null, id?: string): Promise<Message>;
  /** What the provider reports as said, about the page of the question it answers. */
  hear(said: Extract<Speech, { type: 'said' }>, page: PageStamp | null): void;
  /** What the avatar shows with a message, or did on its own account; there may be no words to it. */
  attach(id: string, what: { readonly card: Card } | { readonly look: Look }): void;
  /** The page of a message became known. */
  stamp(id: string, page: PageStamp | null): void;
  /** Gone once it is gone for good. */
  remove(id: string): Promise<void>;
  /** One that was removed stands where it stood. */
  restore(message: Message): void;
  write(draft: string): void;
  /** The draft, to be asked: on the disk it stands until the question does. */
  take(): string;
  /** Leaves this conversation in the transcript and begins an empty one. */
  fresh(): Promise<void>;
  /** What was said, oldest first, for a provider that starts anew: as much as is on the screen. */
  turns(): readonly Turn[];
  dispose(): void;
}

/** Messages brought at once: more than a screen, few enough to be there in the first moment. */
const page = 60;
/** How far back the place is looked for where the reader was; further up is the end again. */
const pagesBack = 10;

/** Longest wait for the disk before it is shown all the same, ms; a disk mostly takes five. */
const patience = 300;

/**
 * @param failed - told when the transcript could not keep something; nothing on the screen is lost.
 * @param speaker - the name of the avatar that speaks now; null for Vis.
 */
export function createTalk(
  transcript: Transcript,
  failed: (error: AppError) => void,
  speaker: () => string | null = () => null,
): TalkModel {
  const messages = signal<readonly Message[]>([]);
  const draft = signal('');
  const conversation = signal<string>(crypto.randomUUID());
  const hasEarlier = signal(false);
  const place = signal<Place['at']>(null);

  const keep = (writing: Promise<void>) =>
    writing.catch((error: unknown) => failed(toAppError(error, 'storage_failed')));

  /** Resolves when it is kept, or when a reader would wonder. */
  const kept = (writing: Promise<void>) =>
    Promise.race([
      keep(writing),
      new Promise<void>((over) => {
        setTimeout(over, patience);
      }),
    ]);

  /** Shows the message; one with the same id is replaced where it stands. */
  const show = (message: Message) => {
    const known = messages.peek().some(({ id }) => id === message.id);
    if (known) {
      messages.value = messages.peek().map((other) => (other.id === message.id ? message : other));
      return;
    }
    const after = messages.peek().findLastIndex(({ at }) => at <= message.at) + 1;
    messages.value = messages.peek().toSpliced(after, 0, message);
  };

  const put = (message: Message) => {
    show(message);
    void keep(transcript.put(message));
  };

  let latest = 0;
  /** Later than everything said so far, whatever the system's clock does: `at` is the order. */
  const now = () =>
    (latest = Math.max(Date.now(), latest + 1, (messages.peek().at(-1)?.at ?? 0) + 1));

  /** Who says what is said from here on. */
  const begun = (): Pick<Message, 'by'> => {
    const by = speaker();
    return by === null ? {} : { by };
  };

  const find = (id: string) => messages.peek().find((message) => message.id === id);

  /** What failed to be read is told, and is as if it were not there. */
  const reading = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      return await asked;
    } catch (error) {
      failed(toAppError(error, 'storage_failed'));
      return null;
    }
  };

  function adopt(opened: Opened | null, at: Place['at']): void {
    batch(() => {
      if (opened) conversation.value = opened.conversation.id;
      hasEarlier.value = opened?.hasEarlier ?? false;
      place.value = at;
      messages.value = opened?.messages ?? [];
    });
  }

  /** The draft of the conversation shown; what was typed while we looked stays. */
  async function fetchDraft(): Promise<void> {
    const kept = await reading(transcript.draft.get(conversation.peek()));
    if (draft.peek() === '' && kept !== null) draft.value = kept;
  }

  async function bringEarlier(): Promise<void> {
    const [first] = messages.peek();
    if (!first || !hasEarlier.peek()) return;
    const id = conversation.peek();
    const brought = await reading(transcript.earlier(id, first, page));
    if (!brought || conversation.peek() !== id || messages.peek()[0] !== first) return;
    batch(() => {
      hasEarlier.value = brought.hasEarlier;
      messages.value = [...brought.messages, ...messages.peek()];
    });
  }

  async function comeTo(opened: Opened | null, at: Place['at']): Promise<void> {
    adopt(opened, null);
    if (!at) return;
    for (let nth = 0; !find(at.message) && nth < pagesBack; nth += 1) await bringEarlier();
    if (find(at.message)) place.value = at;
  }

  const stay = (at: Place['at']) => {
    void keep(transcript.place.set({ conversation: conversation.peek(), at }));
  };

  function hearOf(news: News): void {
    const isHere = news.conversation === conversation.peek();
    switch (news.what) {
      case 'said':
        if (isHere) show(news.said);
        // Nothing stands here yet: reading along costs nothing.
        else if (messages.peek().length === 0 && draft.peek() === '') void follow(news);
        return;
      case 'removed':
        if (isHere) messages.value = messages.peek().filter(({ id }) => id !== news.message);
        return;
      case 'written':
        return;
      case 'dropped':
        if (isHere) adopt(null, null);
        return;
      case 'all':
        // What stands in the composer too, or the next key would store it again.
        draft.value = '';
        void reading(transcript.latest(page)).then((opened) => adopt(opened, null));
    }
  }

  async function follow({
    conversation: id,
    said,
  }: Extract<News, { what: 'said' }>): Promise<void> {
    const opened = await reading(transcript.read(id, page));
    if (messages.peek().length > 0) return;
    if (opened) adopt(opened, null);
    else conversation.value = id;
    show(said);
  }

  const unwatch = transcript.watch(hearOf);

  return {
    messages,
    draft,
    conversation,
    hasEarlier,
    place,
    async open() {
      const last = await reading(transcript.place.get());
      const there = last && (await reading(transcript.read(last.conversation, page)));
      if (there) await comeTo(there, last.at);
      else adopt(await reading(transcript.latest(page)), null);
      await fetchDraft();
    },
    async show(id, message) {
      const opened = await reading(transcript.read(id, page));
      if (!opened) return;
      draft.value = '';
      await comeTo(opened, message === undefined ? null : { message, above: 0 });
      stay(place.peek());
      await fetchDraft();
    },
    earlier: bringEarlier,
    stay,
    async ask(text, page, id = crypto.randomUUID()) {
      const message: Message = {
        id,
        conversation: conversation.peek(),
        at: find(id)?.at ?? now(),
        who: 'reader',
        text,
        status: 'final',
        page,
        quotes: [],
      };
      await kept(transcript.put(message, draft.peek()));
      if (conversation.peek() === message.conversation) show(message);
      return message;
    },
    hear({ id, who, text, final, cut, quotes, narrated }, page) {
      const before = find(id);
      put({
        ...(who === 'avatar' && (before ?? begun())),
        ...(narrated === true && { narrated }),
        id,
        conversation: before?.conversation ?? conversation.peek(),
        at: before?.at ?? now(),
        who,
        text,
        status: cut === true ? 'cut' : final ? 'final' : 'interim',
        page: before?.page ?? page,
        quotes: quotes ?? before?.quotes ?? [],
      });
    },
    attach(id, what) {
      const before = find(id) ?? {
        ...begun(),
        id,
        conversation: conversation.peek(),
        at: now(),
        who: 'avatar',
        text: '',
        status: 'final',
        page: null,
        quotes: [],
      };
      put(
        'card' in what
          ? { ...before, cards: [...(before.cards ?? []), what.card] }
          : { ...before, looks: [...(before.looks ?? []), what.look] },
      );
    },
    stamp(id, page) {
      const message = find(id);
      if (message) put({ ...message, page });
    },
    async remove(id) {
      await kept(transcript.remove(id));
      messages.value = messages.peek().filter((message) => message.id !== id);
    },
    restore: put,
    write(text) {
      draft.value = text;
      void keep(transcript.draft.set(conversation.peek(), text));
    },
    take() {
      const text = draft.peek();
      draft.value = '';
      return text;
    },
    async fresh() {
      const begun = await reading(transcript.begin());
      batch(() => {
        conversation.value = begun?.id ?? crypto.randomUUID();
        hasEarlier.value = false;
        messages.value = [];
        stay(null);
      });
    },
    turns: () =>
      messages
        .peek()
        .filter(({ text }) => text !== '')
        .map(({ who, text }) => ({ who, text })),
    dispose: unwatch,
  };
}
