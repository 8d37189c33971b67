import * as v from 'valibot';
import type { FrameReading, Shown, Told } from '@/lib/messages';
import type { PageText } from '@/lib/page/page';
import { fit, mostText } from '@/lib/page/sections';

/**
 * The door for everything that comes back from a page: what does not have the right shape is
 * dropped, what is too long is cut. Behind it types can be believed, words cannot.
 */

const capped = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, most)),
  );
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const language = v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^[a-z\d-]{1,35}$/iu))), null);
const selection = v.object({
  text: v.pipe(capped(2_000), v.minLength(1)),
  before: capped(300),
  after: capped(300),
});

const told = v.variant('type', [
  v.object({ type: v.literal('hello'), language, pdf: v.boolean() }),
  v.object({ type: v.literal('selection'), selection: v.nullable(selection) }),
]);
const shown = v.object({ type: v.literal('shown'), found: v.boolean() });
const reading = v.object({
  url: v.string(),
  title: capped(1_000),
  language,
  pdf: v.boolean(),
  selection: v.nullable(selection),
  sections: v.pipe(
    v.array(
      v.object({
        heading: v.nullable(capped(1_000)),
        level: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6)),
        text: capped(mostText),
      }),
    ),
    v.maxLength(mostText),
  ),
  omitted: count,
});

const parsed = <S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | null => {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : null;
};

/** What the watcher told; null for what is no such message. */
export const toldBy = (message: unknown): Told | null => parsed(told, message);

/** What the marker answered; null for what is no such message. */
export const shownBy = (message: unknown): Shown | null => parsed(shown, message);

/** What the reader found in all frames of a tab, as one page. */
export interface Report extends Omit<FrameReading, 'sections' | 'omitted'> {
  readonly text: PageText;
}

/**
 * Joins what the frames returned: the top frame says which page it is, the text of the others
 * follows its own, and all share the room of one. Null where the top frame said nothing usable.
 */
export function reportOf(
  results: readonly { readonly frameId: number; readonly result?: unknown }[],
): Report | null {
  const frames = results
    .toSorted((one, other) => one.frameId - other.frameId)
    .flatMap(({ frameId, result }) => {
      const frame = parsed(reading, result);
      return frame ? [{ frameId, ...frame }] : [];
    });
  const top = frames.find(({ frameId }) => frameId === 0);
  if (!top) return null;
  const text = fit(frames.flatMap(({ sections }) => sections));
  const cutBefore = frames.reduce((sum, { omitted }) => sum + omitted, 0);
  const { url, title, language: stated, pdf } = top;
  return {
    url,
    title,
    language: stated,
    pdf,
    selection: frames.find((frame) => frame.selection !== null)?.selection ?? null,
    text: { ...text, omitted: text.omitted + cutBefore },
  };
}
