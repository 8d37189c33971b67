import type { Conversation } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';

/** The last word on one record. */
export type Change =
  | { readonly kind: 'begun'; readonly id: string; readonly conversation: Conversation }
  | { readonly kind: 'said'; readonly id: string; readonly message: Message }
  | { readonly kind: 'removed'; readonly id: string }
  /** The whole conversation. */
  | { readonly kind: 'dropped'; readonly id: string }
  | { readonly kind: 'named'; readonly id: string; readonly title: string }
  | { readonly kind: 'pinned'; readonly id: string; readonly pinned: boolean }
  | { readonly kind: 'draft'; readonly id: string; readonly text: string; readonly at: number };

/**
 * Decides when changes are written. A change stays until a write that holds it has succeeded: one
 * that failed goes along with the next, so nothing is lost while the page lives.
 */
export interface Writer {
  /** Writes these and all that waits, now: all of it or nothing. Rejects as `write` does. */
  now(...changes: readonly Change[]): Promise<void>;
  /** Writes this at most four times a second, always ending with the latest. */
  soon(change: Change): Promise<void>;
  /** Writes what waits, if anything does. */
  flush(): Promise<void>;
  /** What is not known to be written, oldest first. */
  waiting(): readonly Change[];
  /** Forgets what waits. */
  forget(): void;
  /** Writes what waits and rests for good. */
  close(): Promise<void>;
}

/** A streamed answer grows about 20 times a second; a crash may cost a quarter of one. */
const pause = 250;

/**
 * @param write - is given all that waits; `nth` counts the writes of this page.
 * @param journal - is told what waits, before a write that must not be lost and after each write,
 *   and the number of the next write, which will have written it.
 */
export function createWriter(
  write: (changes: readonly Change[], nth: number) => Promise<void>,
  journal: (waiting: readonly Change[], nth: number) => void = () => undefined,
): Writer {
  const waiting = new Map<string, Change>();
  let nth = 1;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let next: Later | null = null;
  let writing: Promise<void> | null = null;
  let queued: Promise<void> | null = null;

  /** Behind a write under way there is at most one more: a fast typist's letters do not queue up. */
  const flush = (): Promise<void> => {
    if (!writing) return (writing = writeAll().finally(() => (writing = null)));
    const written = () => {
      queued = null;
      return flush();
    };
    return (queued ??= writing.then(written, written));
  };

  const writeAll = async () => {
    const changes = [...waiting.values()];
    if (changes.length === 0) return;
    await write(changes, nth++);
    for (const change of changes) {
      const key = keyOf(change);
      // A newer word on the same record may have come meanwhile: that one still waits.
      if (waiting.get(key) === change) waiting.delete(key);
    }
    tell();
  };
  const tell = () => journal([...waiting.values()], nth);

  const wake = () => {
    clearTimeout(resting);
    resting = undefined;
    const held = next;
    next = null;
    return held;
  };

  const rest = () => {
    resting = setTimeout(() => {
      const held = wake();
      if (!held) return;
      rest();
      held.resolve(flush());
    }, pause);
  };

  const note = (change: Change) => {
    const key = keyOf(change);
    // Taken out first, so that the order is that of the latest words.
    waiting.delete(key);
    if (change.kind === 'dropped') forgetTalk(change.id);
    waiting.set(key, change);
  };

  /** Of a conversation that is given up nothing needs to be written any more. */
  const forgetTalk = (id: string) => {
    for (const [key, change] of waiting) {
      const of = change.kind === 'said' ? change.message.conversation : change.id;
      if (of === id) waiting.delete(key);
    }
  };

  return {
    flush,
    now(...changes) {
      changes.forEach(note);
      tell();
      return flush();
    },
    soon(change) {
      note(change);
      if (resting) return (next ??= later()).promise;
      rest();
      return flush();
    },
    waiting: () => [...waiting.values()],
    forget() {
      waiting.clear();
      // What was noted of it is as good as written.
      nth += 1;
      tell();
    },
    close() {
      tell();
      const written = writeAll();
      wake()?.resolve(written);
      return written;
    },
  };
}

const keyOf = (change: Change) =>
  change.kind === 'removed' ? `said ${change.id}` : `${change.kind} ${change.id}`;

interface Later {
  readonly promise: Promise<void>;
  readonly resolve: (outcome: Promise<void>) => void;
}

/** `Promise.withResolvers`, which Chromium 116 does not have. */
function later(): Later {
  let resolve: Later['resolve'] = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
