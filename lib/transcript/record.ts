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

const webLink = v.pipe(v.string(), v.regex(/^https?:\/\/\S+$/u));

const cardSchema = v.variant('kind', [
  v.object({ kind: v.literal('text'), title: v.nullable(v.string()), text: v.string() }),
  v.object({ kind: v.literal('image'), url: webLink, alt: v.string() }),
  v.object({
    kind: v.literal('link'),
    url: webLink,
    title: v.string(),
    text: v.nullable(v.string()),
  }),
  v.object({
    kind: v.literal('options'),
    options: v.pipe(v.array(v.object({ label: v.string(), value: v.string() })), v.readonly()),
  }),
]);

const lookSchema = v.object({
  tool: v.picklist(['read_page', 'read_selection', 'find_in_page', 'show_passage']),
  about: v.nullable(v.string()),
  refused: v.boolean(),
});

/** Of a list only what we know how to show: a kind of a later version must not cost the message. */
function known<S extends v.GenericSchema>(schema: S) {
  return v.exactOptional(
    v.pipe(
      v.fallback(v.array(v.unknown()), []),
      v.transform((all) => all.filter((one): one is v.InferOutput<S> => v.is(schema, one))),
    ),
  );
}

export const messageSchema = v.object({
  id: v.string(),
  conversation: v.string(),
  at: time,
  who: v.picklist(['reader', 'avatar']),
  text: v.string(),
  status: v.picklist(['interim', 'final', 'cut']),
  page: v.nullable(pageSchema),
  quotes: v.array(v.object({ text: v.string(), at: v.pipe(v.number(), v.finite()) })),
  // Since 0.2; what was kept before has none of them, and none of them is needed to read it.
  by: v.exactOptional(v.string()),
  narrated: v.exactOptional(v.boolean()),
  cards: known(cardSchema),
  looks: known(lookSchema),
});

const draftSchema = v.object({ text: v.string(), at: time });
/** What stands unsent in a composer, and when it was typed. */
export type Draft = v.InferOutput<typeof draftSchema>;

/** As `readMessage`, for a draft. */
export function readDraft(record: unknown): Draft | null {
  const parsed = v.safeParse(draftSchema, record);
  return parsed.success ? parsed.output : null;
}
