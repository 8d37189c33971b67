import * as v from 'valibot';
import { writeChange } from '@/lib/transcript/changes';
import type { Left } from '@/lib/transcript/journal';
import { areWritten, markWritten, type Mark } from '@/lib/transcript/marks';
import { conversationSchema, messageSchema } from '@/lib/transcript/record';
import type { Room } from '@/lib/transcript/room';

/** Writes what pages noted that had no time to write it. What has been written since is left alone. */
export async function takeUp(room: Room, left: readonly Left[]): Promise<void> {
  const journals = left.flatMap(({ journal, text }) => {
    const read = v.safeParse(schema, text);
    return read.success ? [{ journal, upTo: read.output.nth, changes: read.output.changes }] : [];
  });
  await room.write(async (hand) => {
    const isWritten = await areWritten(hand);
    // A window that is still open writes its own as well; that does no harm.
    const open = journals.filter((mark) => !isWritten(mark));
    for (const { changes } of open) {
      for (const change of changes) await writeChange(hand, change, true);
    }
    await markWritten(hand, open);
  });
}

/** None of what they hold is wanted any more. */
export async function giveUp(room: Room, left: readonly Left[]): Promise<void> {
  const marks = left.flatMap(({ journal, text }): Mark[] => {
    const read = v.safeParse(schema, text);
    return read.success ? [{ journal, upTo: read.output.nth }] : [];
  });
  await room.write((hand) => markWritten(hand, marks));
}

const id = v.string();
const change = v.variant('kind', [
  v.object({ kind: v.literal('begun'), id, conversation: conversationSchema }),
  v.object({ kind: v.literal('said'), id, message: messageSchema }),
  v.object({ kind: v.literal('removed'), id }),
  v.object({ kind: v.literal('dropped'), id }),
  v.object({ kind: v.literal('named'), id, title: v.string() }),
  v.object({ kind: v.literal('pinned'), id, pinned: v.boolean() }),
  v.object({ kind: v.literal('draft'), id, text: v.string(), at: v.number() }),
]);
const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ nth: v.number(), changes: v.array(change) }),
);
