import * as v from 'valibot';
import type { Told } from '@/lib/messages';

/**
 * The door for everything that comes back from a page: what does not have the right shape is
 * dropped, what is too long is cut. Behind it types can be believed, words cannot. What the reader
 * found comes in by a door of its own (`report.ts`).
 */

export const capped = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, most)),
  );
export const language = v.fallback(
  v.nullable(v.pipe(v.string(), v.regex(/^[a-z\d-]{1,35}$/iu))),
  null,
);
export const selection = v.object({
  text: v.pipe(capped(2_000), v.minLength(1)),
  before: capped(300),
  after: capped(300),
});

const told = v.variant('type', [
  v.object({ type: v.literal('hello'), language, pdf: v.boolean() }),
  v.object({ type: v.literal('selection'), selection: v.nullable(selection) }),
]);

export const parsed = <S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): v.InferOutput<S> | null => {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : null;
};

/** What the watcher told; null for what is no such message. */
export const toldBy = (message: unknown): Told | null => parsed(told, message);
