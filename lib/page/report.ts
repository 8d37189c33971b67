import * as v from 'valibot';
import type { FrameReading } from '@/lib/messages';
import type { PageText } from '@/lib/page/page';
import { fit, mostText } from '@/lib/page/sections';
import { capped, language, parsed, selection } from '@/lib/page/told';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
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
