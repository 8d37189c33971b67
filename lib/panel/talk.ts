import { signal, type ReadonlySignal } from '@preact/signals';
import { toAppError, type AppError } from '@/lib/errors';
import type { PageStamp } from '@/lib/page/page';
import type { Card, Look, Speech, Turn } from '@/lib/session/provider';
import type { Message } from '@/lib/transcript/message';
import type { Transcript } from '@/lib/transcript/store';

/** The conversation on the screen. It is the truth here; the transcript keeps it for later. */
export interface TalkModel {
  readonly messages: ReadonlySignal<readonly Message[]>;
  readonly draft: ReadonlySignal<string>;
  /** Brings the latest conversation and its draft back. */
  open(): Promise<void>;
  /** What the reader asks; returned as it stands in the talk. */
  ask(text: string, page: PageStamp | null, id?: string): Message;
  /** What the provider reports as said, about the page of the question it answers. */
  hear(said: Extract<Speech, { type: 'said' }>, page: PageStamp | null): void;
  /** What the avatar shows with a message, or did on its own account; there may be no words to it. */
  attach(id: string, what: { readonly card: Card } | { readonly look: Look }): void;
  /** The page of a message became known. */
  stamp(id: string, page: PageStamp | null): void;
  remove(id: string): void;
  write(draft: string): void;
  /** Leaves this conversation in the transcript and begins an empty one. */
  fresh(): Promise<void>;
  /** What was said, oldest first, for a provider that starts anew. */
  turns(): readonly Turn[];
  dispose(): void;
}

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
  let conversation: string = crypto.randomUUID();

  const keep = (writing: Promise<void>) => {
    writing.catch((error: unknown) => failed(toAppError(error, 'storage_failed')));
  };

  /** Shows the message and keeps it; one with the same id is replaced where it stands. */
  const put = (message: Message) => {
    const known = messages.peek().some(({ id }) => id === message.id);
    messages.value = known
      ? messages.peek().map((other) => (other.id === message.id ? message : other))
      : [...messages.peek(), message];
    keep(transcript.put(message));
  };

  /** Later than everything said so far, whatever the system's clock does: `at` is the order. */
  const now = () => Math.max(Date.now(), ...messages.peek().map(({ at }) => at + 1));

  /** Who says what is said from here on. */
  const begun = (): Pick<Message, 'by'> => {
    const by = speaker();
    return by === null ? {} : { by };
  };

  const find = (id: string) => messages.peek().find((message) => message.id === id);

  async function reload(): Promise<void> {
    try {
      const latest = await transcript.latest();
      if (latest) conversation = latest.conversation.id;
      messages.value = latest?.messages ?? [];
    } catch (error) {
      failed(toAppError(error, 'storage_failed'));
    }
  }

  const unwatch = transcript.watch((changed) => {
    // All is erased: what stands in the composer too, or the next key would store it again.
    if (changed === null) draft.value = '';
    if (changed === null || changed === conversation) void reload();
  });

  return {
    messages,
    draft,
    async open() {
      await reload();
      try {
        const kept = await transcript.draft.get(conversation);
        // What was typed while we looked stays.
        if (draft.peek() === '') draft.value = kept;
      } catch (error) {
        failed(toAppError(error, 'storage_failed'));
      }
    },
    ask(text, page, id = crypto.randomUUID()) {
      const message: Message = {
        id,
        conversation,
        at: find(id)?.at ?? now(),
        who: 'reader',
        text,
        status: 'final',
        page,
        quotes: [],
      };
      put(message);
      return message;
    },
    hear({ id, who, text, final, cut, quotes, narrated }, page) {
      const before = find(id);
      put({
        ...(who === 'avatar' && (before ?? begun())),
        ...(narrated === true && { narrated }),
        id,
        conversation,
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
        conversation,
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
    remove(id) {
      messages.value = messages.peek().filter((message) => message.id !== id);
      keep(transcript.remove(id));
    },
    write(text) {
      draft.value = text;
      keep(transcript.draft.set(conversation, text));
    },
    async fresh() {
      try {
        conversation = (await transcript.begin()).id;
      } catch (error) {
        conversation = crypto.randomUUID();
        failed(toAppError(error, 'storage_failed'));
      }
      messages.value = [];
    },
    turns: () =>
      messages
        .peek()
        .filter(({ text }) => text !== '')
        .map(({ who, text }) => ({ who, text })),
    dispose: unwatch,
  };
}
