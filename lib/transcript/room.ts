/** `notes`: what the room knows of itself. */
export type Shelf = 'conversations' | 'messages' | 'drafts' | 'notes';

/** One reading and writing hand on a room: what it does comes to be together, where the room can. */
export interface Hand {
  get(shelf: Shelf, key: string): Promise<unknown>;
  put(shelf: Shelf, key: string, value: unknown): Promise<void>;
  delete(shelf: Shelf, key: string): Promise<void>;
  /** Ids of all messages of a conversation. */
  messagesOf(conversation: string): Promise<readonly string[]>;
}

/**
 * Where transcripts lie. What a room gives back is `unknown` until `record.ts` has read it. Every
 * failure is an `AppError`: `storage_full` or `storage_failed`.
 */
export interface Room {
  /**
   * All of it or nothing, where the room can.
   *
   * @param isPassing - the next moment brings a later state of it, so it need not outlive a power cut.
   */
  write<T>(work: (hand: Hand) => Promise<T>, isPassing?: boolean): Promise<T>;
  conversation(id: string): Promise<unknown>;
  conversations(): Promise<readonly unknown[]>;
  /** Conversations by when they were last spoken in, latest first, until `enough` says so. */
  latest(enough: (conversation: unknown) => boolean): Promise<void>;
  /** The newest `most` messages said before that moment, oldest first. */
  messages(conversation: string, before: Before | null, most: number): Promise<readonly unknown[]>;
  everyMessage(): Promise<readonly unknown[]>;
  draft(conversation: string): Promise<unknown>;
  /** One of the things it knows of itself. */
  note(key: string): Promise<unknown>;
  /** Conversations, messages, drafts and the reader's place, gone together and for good. */
  erase(): Promise<void>;
  /** Lets what is being written finish. */
  close(): void;
}

/** A place in a talk: messages go by time, then by id. */
export interface Before {
  readonly at: number;
  readonly id: string;
}
