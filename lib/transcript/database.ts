import type { Draft } from '@/lib/transcript/record';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { AppError, isAppError } from '@/lib/errors';
import type { Conversation } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';

export const databaseName = 'transcript';
/** 2, 2026-11: `notes`. */
const version = 2;

/** Our own windows let go of an old version at once; only a hung one keeps us waiting. */
const patience = 5_000;

export interface Rooms extends DBSchema {
  conversations: { key: string; value: Conversation; indexes: { lastAt: number } };
  /** `said`: in the order of the talk, ties by id. */
  messages: { key: string; value: Message; indexes: { said: [string, number] } };
  /** By conversation: what stands unsent in the composer. */
  drafts: { key: string; value: Draft };
  /** What the database knows of itself, see `marks.ts`. */
  notes: { key: string; value: unknown };
}

type Database = IDBPDatabase<Rooms>;

/** The one connection of this page: opened when first used, and again after it was lost. */
export interface Connection {
  /** There at once while the connection stands, so that a page being closed can still write. */
  use<T>(work: (database: Database) => Promise<T>): Promise<T>;
  /** Lets what is being written finish. */
  close(): void;
}

/** Every failure of `use` is an `AppError`: `storage_full` or `storage_failed`. */
export function connectTranscript(): Connection {
  let standing: Database | null = null;
  let opening: Promise<Database> | null = null;

  const letGo = () => {
    standing?.close();
    standing = null;
  };

  const open = async () => {
    try {
      standing = await openDatabase(letGo);
      return standing;
    } finally {
      opening = null;
    }
  };

  return {
    async use(work) {
      try {
        return await work(standing ?? (await (opening ??= open())));
      } catch (thrown) {
        // The connection went without a word (the profile was cleaned): the next use opens anew.
        if (named(thrown, 'InvalidStateError')) letGo();
        throw storageError(thrown);
      }
    },
    close: letGo,
  };
}

/** `letGo` is called when the connection is lost, or when a newer version waits for us to go. */
function openDatabase(letGo: () => void): Promise<Database> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let late = false;
    const opened = openDB<Rooms>(databaseName, version, {
      upgrade(database, before) {
        database.createObjectStore('notes');
        if (before > 0) return;
        const conversations = database.createObjectStore('conversations', { keyPath: 'id' });
        conversations.createIndex('lastAt', 'lastAt');
        const messages = database.createObjectStore('messages', { keyPath: 'id' });
        messages.createIndex('said', ['conversation', 'at']);
        database.createObjectStore('drafts');
      },
      blocked() {
        timer = setTimeout(() => {
          late = true;
          reject(new AppError('storage_failed'));
        }, patience);
      },
      blocking: letGo,
      terminated: letGo,
    });
    opened
      .then((database) => (late ? database.close() : resolve(database)), reject)
      .finally(() => clearTimeout(timer));
  });
}

function storageError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const full = named(thrown, 'QuotaExceededError');
  return new AppError(full ? 'storage_full' : 'storage_failed', { cause: thrown });
}

/** By name: `QuotaExceededError` is a `DOMException` in older browsers, a class in newer ones. */
function named(thrown: unknown, name: string): boolean {
  return thrown instanceof Error && thrown.name === name;
}
