import type { Message } from '@/lib/transcript/message';

/** One talk, from "start a new one" to the next. Times are milliseconds since the epoch. */
export interface Conversation {
  readonly id: string;
  /** As the reader named it, else their first words, at most 80 characters; empty until there are any. */
  readonly title: string;
  readonly startedAt: number;
  /** When its latest message was begun. */
  readonly lastAt: number;
  /** The reader wants it on top, and kept for good. */
  readonly pinned?: boolean;
}

/** A conversation with all that was said in it, oldest first. */
export interface Talk {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
}

/** The conversation as it stands once `message` is part of it; a new one where there was none. */
export function joinedBy(conversation: Conversation | null, message: Message): Conversation {
  const before = conversation ?? begunAt(message.at, message.conversation);
  return {
    ...before,
    title: before.title || titleFrom(message),
    lastAt: Math.max(before.lastAt, message.at),
  };
}

/** An empty conversation. */
export function begunAt(at: number, id: string): Conversation {
  return { id, title: '', startedAt: at, lastAt: at };
}

/** Oldest first; what began in the same millisecond goes by id, as the database's index has it. */
export function inOrder(messages: readonly Message[]): Message[] {
  return [...messages].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

const longestTitle = 80;

function titleFrom({ who, status, text }: Message): string {
  if (who !== 'reader' || status === 'interim') return '';
  // A question may be a pasted book: only its beginning is looked at.
  const words = text.slice(0, 1_000).replace(/\s+/gu, ' ').trim();
  const signs = [...new Intl.Segmenter().segment(words)].map(({ segment }) => segment);
  return signs.length <= longestTitle ? words : `${signs.slice(0, longestTitle - 1).join('')}…`;
}
