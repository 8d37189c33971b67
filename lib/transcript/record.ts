import * as v from 'valibot';
import { rungs } from '@/lib/page/page';
import type { Conversation } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';

/**
 * What the database gives back is `unknown` until it went through here. A record that does not
 * fit is left where it is and skipped: a later version may know what to do with it.
 */
export function readMessage(record: unknown): Message | null {
  const parsed = v.safeParse(messageSchema, record);
  return parsed.success ? parsed.output : null;
}

/** As `readMessage`, for a conversation. */
export function readConversation(record: unknown): Conversation | null {
  const parsed = v.safeParse(conversationSchema, record);
  return parsed.success ? parsed.output : null;
}

const time = v.pipe(v.number(), v.finite());

export const conversationSchema = v.object({
  id: v.string(),
  title: v.string(),
  startedAt: time,
  lastAt: time,
  pinned: v.exactOptional(v.boolean()),
});

const pageSchema = v.object({
  url: v.string(),
  title: v.string(),
  host: v.string(),
  rung: v.picklist(rungs),
  icon: v.nullable(v.string()),
});

export const messageSchema = v.object({
  id: v.string(),
  conversation: v.string(),
  at: time,
  who: v.picklist(['reader', 'avatar']),
  text: v.string(),
  status: v.picklist(['interim', 'final', 'cut']),
  page: v.nullable(pageSchema),
  quotes: v.array(v.object({ text: v.string(), at: v.pipe(v.number(), v.finite()) })),
});

const draftSchema = v.object({ text: v.string(), at: time });
/** What stands unsent in a composer, and when it was typed. */
export type Draft = v.InferOutput<typeof draftSchema>;

/** As `readMessage`, for a draft. */
export function readDraft(record: unknown): Draft | null {
  const parsed = v.safeParse(draftSchema, record);
  return parsed.success ? parsed.output : null;
}
