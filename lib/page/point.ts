import * as v from 'valibot';
import type { Shown } from '@/lib/messages';
import { openLine } from '@/lib/page/line';
import { parsed } from '@/lib/page/told';

/** A passage marked on a page. */
export interface Mark {
  readonly found: boolean;
  /** Takes the mark away again. */
  clear(): void;
}

const shown = v.object({ type: v.literal('shown'), found: v.boolean() });
/** What the marker answered; null for what is no such message. */
export const shownBy = (message: unknown): Shown | null => parsed(shown, message);

/** How long the frames may search, in milliseconds; a page of 5 MB takes a fifth of it. */
const patience = 5_000;

/**
 * Marks a passage on the page in a tab and scrolls to it: in the first frame that finds it, since
 * a passage stands in one. Rejects where the browser does not let us in.
 */
export async function point(tabId: number, passage: string): Promise<Mark> {
  let settle: (found: boolean) => void = () => undefined;
  const answered = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  let answers = 0;
  const line = await openLine(tabId, 'marker', {
    message: (posted) => {
      const answer = shownBy(posted);
      if (answer) answers += 1;
      if (answer?.found || answers >= line.frames) settle(answer?.found ?? false);
    },
    closed: () => settle(false),
  });
  const timer = setTimeout(() => settle(false), patience);
  line.post({ type: 'show', text: passage });
  const found = await answered;
  clearTimeout(timer);
  return { found, clear: () => line.close() };
}
