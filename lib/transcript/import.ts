import * as v from 'valibot';
import type { Talk } from '@/lib/transcript/conversation';
import { exportSchema } from '@/lib/transcript/export';

/** What a file holds that was exported as JSON, or why it cannot be used. */
export type Imported =
  | { readonly ok: true; readonly talks: readonly Talk[] }
  /** `newer`: a later version of ours wrote it; `damaged`: ours, but something in it is not as we write it. */
  | { readonly ok: false; readonly why: 'other' | 'newer' | 'damaged' };

export function readExport(text: string): Imported {
  const kind = v.safeParse(v.pipe(v.string(), v.parseJson(), kindSchema), text);
  if (!kind.success) return { ok: false, why: 'other' };
  if (kind.output.version > 1) return { ok: false, why: 'newer' };
  const file = v.safeParse(v.pipe(v.string(), v.parseJson(), exportSchema), text);
  // Nothing is taken from a file that is not whole: half of it would pass for all of it.
  if (!file.success) return { ok: false, why: 'damaged' };
  return {
    ok: true,
    talks: file.output.conversations.map(({ messages, ...conversation }) => ({
      conversation,
      messages: messages.map((message) => ({ ...message, conversation: conversation.id })),
    })),
  };
}

const kindSchema = v.object({ format: v.literal('visavis-transcript'), version: v.number() });
