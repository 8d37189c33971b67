import * as v from 'valibot';
import type { Hand, Room } from '@/lib/transcript/room';

/** Where the reader was: in which conversation, and how far up in it. */
export interface Place {
  readonly conversation: string;
  /** The message at the upper edge and how far it stood above it, CSS px; null: at the end. */
  readonly at: { readonly message: string; readonly above: number } | null;
}

const schema = v.object({
  conversation: v.string(),
  at: v.nullable(v.object({ message: v.string(), above: v.number() })),
});
const key = 'place';

export async function readPlace(room: Room): Promise<Place | null> {
  const read = v.safeParse(schema, await room.note(key));
  return read.success ? read.output : null;
}

export const writePlace = (room: Room, place: Place): Promise<void> =>
  room.write((hand) => hand.put('notes', key, place), true);

export const forgetPlace = (hand: Hand): Promise<void> => hand.delete('notes', key);
