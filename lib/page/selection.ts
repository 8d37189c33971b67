import type { PageSelection } from '@/lib/page/page';
import {
  shownRoot,
  childrenOf,
  designModeOf,
  isElement,
  isInside,
  isRendered,
  isText,
  parentOf,
  rootOf,
  scopeOf,
  shadowOf,
  treeOf,
} from '@/lib/page/dom';
import { forbidden } from '@/lib/page/forbidden';

const longest = 2_000;
const around = 300;

/**
 * What the reader has selected in this frame, also inside open shadow roots; null where that is
 * nothing, or nothing we may read. Costs no more for a long selection than for a short one.
 */
export function readSelection(): PageSelection | null {
  const range = selectedRange();
  if (range === null || designModeOf(document) === 'on') return null;
  const text = cut(textIn(range), longest);
  if (text === '') return null;
  return { text, before: beside(range, true), after: beside(range, false) };
}

function selectedRange(): Range | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return range.collapsed ? rangeInShadow(selection) : range;
}

/** To the document a selection within a shadow root looks collapsed, at the host. */
function rangeInShadow(selection: Selection): Range | null {
  const roots = openRoots(rootOf(document));
  if (roots.length === 0) return null;
  const [inner] =
    'getComposedRanges' in selection
      ? selection.getComposedRanges({ shadowRoots: roots })
      : roots.flatMap(rangesBeforeComposed);
  if (inner === undefined) return null;
  const range = new Range();
  range.setStart(inner.startContainer, inner.startOffset);
  range.setEnd(inner.endContainer, inner.endOffset);
  return range.collapsed ? null : range;
}

/** Chromium before 137 knows no `getComposedRanges`; its shadow roots had a selection each. */
function rangesBeforeComposed(root: ShadowRoot): AbstractRange[] {
  const earlier: ShadowRoot & { getSelection?: () => Selection | null } = root;
  const selection = earlier.getSelection?.() ?? null;
  return selection && selection.rangeCount > 0 ? [selection.getRangeAt(0)] : [];
}

function openRoots(root: Node): ShadowRoot[] {
  const tree = treeOf(root, NodeFilter.SHOW_ELEMENT);
  const found: ShadowRoot[] = [];
  for (let node: Node | null = tree.currentNode; node; node = tree.nextNode()) {
    const shadow = isElement(node) ? shadowOf(node) : null;
    if (shadow) found.push(shadow, ...openRoots(shadow));
  }
  return found;
}

/** The range's text with a line for every block, folded; a little more than we keep. */
function textIn(range: Range): string {
  const { startContainer: start, endContainer: end } = range;
  let text = '';
  let block: Element | null = null;
  const take = (node: Text) => {
    const parent = parentOf(node);
    if (!mayBeRead(parent)) return;
    const from = node === start ? range.startOffset : 0;
    const to = node === end ? range.endOffset : node.length;
    const part = node.substringData(from, Math.min(to - from, 2 * longest));
    if (part.trim() !== '' && block !== (block = blockOf(parent))) text += '\n';
    text += part.replace(/\s+/gu, ' ');
  };
  // What stands in a shadow root within the range belongs to it, though the range cannot say so.
  const takeAll = (root: Node, first: Node, isOver: (node: Node) => boolean) => {
    const tree = treeOf(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    tree.currentNode = first;
    for (let node: Node | null = first; node && text.length < 2 * longest; node = tree.nextNode()) {
      if (isOver(node)) return;
      const shadow = isElement(node) ? shadowOf(node) : null;
      if (isText(node)) take(node);
      else if (shadow && range.intersectsNode(node)) takeAll(shadow, shadow, () => false);
    }
  };
  const first = isText(start) ? start : (childrenOf(start)[range.startOffset] ?? start);
  takeAll(range.commonAncestorContainer, first, (node) => !range.intersectsNode(node));
  return text
    .replace(/ *\n */gu, '\n')
    .replace(/ +/gu, ' ')
    .trim();
}

/** Up to 300 characters of visible text before or after the range, within its own tree. */
function beside(range: Range, before: boolean): string {
  const container = before ? range.startContainer : range.endContainer;
  const offset = before ? range.startOffset : range.endOffset;
  const scope = scopeOf(container);
  const tree = treeOf(scope === document ? shownRoot() : scope, NodeFilter.SHOW_TEXT);
  tree.currentNode = isText(container) ? container : boundary(container, offset, before);
  let text = isText(container) ? partBeside(container, offset, before) : '';
  // Enough nodes to fill the room on any page that is not made of single letters.
  for (let steps = 0; steps < 200 && fold(text).length < around; steps += 1) {
    const node = before ? tree.previousNode() : tree.nextNode();
    if (node === null) break;
    if (!isText(node) || !mayBeRead(parentOf(node))) continue;
    const part = partBeside(node, before ? node.length : 0, before);
    text = before ? `${part} ${text}` : `${text} ${part}`;
  }
  return cut(fold(text), before ? -around : around);
}

function partBeside(node: Text, offset: number, before: boolean): string {
  const room = 2 * around;
  return before
    ? node.substringData(Math.max(0, offset - room), Math.min(offset, room))
    : node.substringData(offset, room);
}

/** Where a tree walker must stand to step outwards from a boundary between children. */
function boundary(container: Node, offset: number, before: boolean): Node {
  const children = childrenOf(container);
  if (before) return children[offset] ?? container;
  let last = children[offset - 1] ?? container;
  if (last !== container) while (last.lastChild) last = last.lastChild;
  return last;
}

function mayBeRead(parent: Element | null): boolean {
  return parent === null || (!isInside(parent, forbidden) && isRendered(parent));
}

function blockOf(element: Element | null): Element | null {
  for (let around = element; around; around = parentOf(around)) {
    if (!/^(?:inline|contents)/u.test(getComputedStyle(around).display)) return around;
  }
  return null;
}

const fold = (text: string) => text.replace(/\s+/gu, ' ').trim();

/** The first (or, below zero, the last) characters, no pair of surrogates cut in two. */
function cut(text: string, length: number): string {
  if (text.length <= Math.abs(length)) return text;
  return length < 0
    ? text.slice(length).replace(/^[\uDC00-\uDFFF]/u, '')
    : text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '');
}
