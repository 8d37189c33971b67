import type { Retention } from '@/lib/settings';
import { bring } from '@/lib/transcript/bring';
import type { Talk } from '@/lib/transcript/conversation';
import { allTalks } from '@/lib/transcript/reading';
import { readConversation } from '@/lib/transcript/record';
import type { Room } from '@/lib/transcript/room';
import { writeChanges } from '@/lib/transcript/changes';

/** How long what is not pinned stays under `month`, ms. */
const month = 30 * 24 * 60 * 60 * 1000;

/** Lets go of what is older than the reader wants to keep. */
export async function sweep(room: Room, retention: Retention, now: number): Promise<void> {
  if (retention !== 'month') return;
  const old = (await room.conversations())
    .map(readConversation)
    .filter((one) => one !== null && one.pinned !== true && one.lastAt < now - month);
  if (old.length === 0) return;
  await writeChanges(
    room,
    old.flatMap((one) => (one ? [{ kind: 'dropped' as const, id: one.id }] : [])),
  );
}

/** What lies in one room comes to lie in the other. Stopped anywhere, it can be done again. */
export async function move(from: Room, to: Room): Promise<void> {
  const talks: readonly Talk[] = await allTalks(from, { waiting: [], alive: new Set() });
  await bring(to, talks);
  await from.erase();
}
