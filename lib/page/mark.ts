import type { Show, Shown } from '@/lib/messages';
import type { Panel } from '@/lib/page/answer';
import { boxOf, parentOf } from '@/lib/page/dom';
import { find } from '@/lib/page/find';
import { markName } from '@/lib/page/mark-style';

/** Marks what a panel asks to see, the last passage only. @returns how to take the mark away. */
export function markPassages(panel: Panel<Show, Shown>): () => void {
  panel.onMessage(({ text }) => {
    const ranges = find(text);
    CSS.highlights.set(markName, new Highlight(...ranges));
    const [first] = ranges;
    if (first) scrollTo(first);
    panel.post({ type: 'shown', found: first !== undefined });
  });
  return () => CSS.highlights.delete(markName);
}

/** Brings a range to the middle of the window and of all that scrolls around it. */
function scrollTo(range: Range): void {
  const parent = parentOf(range.startContainer);
  if (parent === null) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const behavior = still ? 'instant' : 'smooth';
  const tall = boxOf(parent).height > innerHeight / 2;
  Element.prototype.scrollIntoView.call(parent, {
    block: tall ? 'start' : 'center',
    inline: 'nearest',
    behavior: tall ? 'instant' : behavior,
  });
  if (!tall) return;
  // A long paragraph has its words far from its start: go on to the words themselves.
  const { top, height } = range.getBoundingClientRect();
  scrollerOf(parent).scrollBy({ top: top + height / 2 - innerHeight / 2, behavior });
}

function scrollerOf(element: Element): Element | Window {
  for (let around: Element | null = element; around; around = parentOf(around)) {
    const scrolls = /auto|scroll/u.test(getComputedStyle(around).overflowY);
    if (scrolls && around.scrollHeight > around.clientHeight) return around;
  }
  return window;
}
