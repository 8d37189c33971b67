import * as v from 'valibot';
import type { Hand } from '@/lib/transcript/room';

/**
 * How far what a page noted in its journal has been written. It lies in the database, since the
 * store of the journals forgets what happened in the last seconds before a browser is killed: a
 * journal that comes back from then would bring back what was deleted since.
 */
export interface Mark {
  readonly journal: string;
  /** The number of that page's last write. */
  readonly upTo: number;
}

const key = 'marks';
const schema = v.fallback(v.record(v.string(), v.object({ upTo: v.number(), at: v.number() })), {});

/** Far longer than any store takes to be written down, ms. */
const longest = 7 * 24 * 60 * 60 * 1000;

export async function markWritten(hand: Hand, marks: readonly Mark[]): Promise<void> {
  const at = Date.now();
  const before = v.parse(schema, await hand.get('notes', key));
  const standing = Object.entries(before).filter(([, mark]) => Math.abs(at - mark.at) < longest);
  const added = marks.map(({ journal, upTo }) => [journal, { upTo, at }] as const);
  await hand.put('notes', key, Object.fromEntries([...standing, ...added]));
}

/** Whether what a journal holds has been written. */
export async function areWritten(hand: Hand): Promise<(mark: Mark) => boolean> {
  const marks = v.parse(schema, await hand.get('notes', key));
  return ({ journal, upTo }) => (marks[journal]?.upTo ?? 0) >= upTo;
}
