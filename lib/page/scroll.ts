import { boxOf, parentOf } from '@/lib/page/dom';

/** Brings a range to the middle of the window and of all that scrolls around it. */
export function scrollTo(range: Range): void {
  const parent = parentOf(range.startContainer);
  if (parent === null) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const behavior = still ? 'instant' : 'smooth';
  const isTall = boxOf(parent).height > innerHeight / 2;
  Element.prototype.scrollIntoView.call(parent, {
    block: isTall ? 'start' : 'center',
    inline: 'nearest',
    behavior: isTall ? 'instant' : behavior,
  });
  if (!isTall) return;
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
