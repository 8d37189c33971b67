import { shownRoot } from '@/lib/page/dom';
import { walk } from '@/lib/page/visible';

/**
 * Where a passage stands on the page: a range for every text node it touches, since no range
 * reaches across a shadow root. Empty where it cannot be seen. White space, typographic quotes and
 * dashes make no difference. A long passage of which only both ends are found (a footnote mark
 * inside, say) is taken from the one to the other.
 */
export function find(passage: string): Range[] {
  const needle = squeeze(passage);
  const nodes: Text[] = [];
  const starts: number[] = [];
  const parts: string[] = [];
  let length = 0;
  walk(shownRoot(), {
    text: (node) => {
      const part = squeeze(node.data);
      if (part === '') return;
      nodes.push(node);
      starts.push(length);
      parts.push(part);
      length += part.length;
    },
  });
  const span = needle === '' ? null : locate(parts.join(''), needle);
  if (span === null) return [];
  return nodes.flatMap((node, i) => {
    const start = starts[i] ?? length;
    const end = starts[i + 1] ?? length;
    if (end <= span.from || start >= span.to) return [];
    const range = new Range();
    const isFirst = start <= span.from;
    const isLast = end >= span.to;
    // Between the two every node is marked whole, so that the mark has no gaps.
    range.setStart(node, isFirst ? rawOffset(node.data, span.from - start) : 0);
    range.setEnd(node, isLast ? rawOffset(node.data, span.to - start - 1) + 1 : node.length);
    return [range];
  });
}

function locate(page: string, needle: string): { from: number; to: number } | null {
  const exact = page.indexOf(needle);
  if (exact >= 0) return { from: exact, to: exact + needle.length };
  const anchor = 24;
  if (needle.length < 3 * anchor) return null;
  const from = page.indexOf(needle.slice(0, anchor));
  if (from < 0) return null;
  const to = page.indexOf(needle.slice(-anchor), from) + anchor;
  return to > anchor && to - from < 2 * needle.length ? { from, to } : null;
}

/** White space, soft hyphens and zero-width characters. */
const nothing = /[\s\u00AD\u200B-\u200D\u2060]/u;
const allNothing = new RegExp(nothing, 'gu');

/** One character in, one or none out, so that offsets can be counted back. */
function squeeze(text: string): string {
  return text
    .replace(allNothing, '')
    .replace(/[‘’‚‛′]/gu, "'")
    .replace(/[“”„‟″«»]/gu, '"')
    .replace(/[‐-―−]/gu, '-');
}

/** The offset in the text as written of the character that came out as number `squeezed`. */
function rawOffset(text: string, squeezed: number): number {
  let left = squeezed;
  for (let i = 0; i < text.length; i += 1) {
    if (nothing.test(text.charAt(i))) continue;
    if (left === 0) return i;
    left -= 1;
  }
  return text.length;
}
