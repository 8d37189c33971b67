import {
  attributeOf,
  boxOf,
  firstChildOf,
  isElement,
  isText,
  matches,
  nameOf,
  nextSiblingOf,
  shadowOf,
} from '@/lib/page/dom';
import { forbidden } from '@/lib/page/forbidden';

/** Deeper than a parser nests (512), shallower than our stack. */
const deepest = 1_000;

export interface Visitor {
  /** Before anything costly is asked of it. False passes the element by, with all in it. */
  wants?(element: Element): boolean;
  enter?(element: Element, style: CSSStyleDeclaration): void;
  /** Text that can be seen, with its white space as written. */
  text(node: Text): void;
  leave?(element: Element, style: CSSStyleDeclaration): void;
}

/**
 * Walks what a person can see in an element, in the order of the page: into open shadow roots and
 * slots, past everything hidden or forbidden. Text in the colour of its ground is not found out.
 */
export function walk(element: Element, visitor: Visitor, depth = 0): void {
  if (depth > deepest || matches(element, forbidden) || visitor.wants?.(element) === false) return;
  const style = getComputedStyle(element);
  if (isOutOfSight(element, style)) return;
  visitor.enter?.(element, style);
  const legible = isLegible(style);
  for (const child of laidOut(element)) {
    if (isElement(child)) walk(child, visitor, depth + 1);
    else if (legible && isText(child)) visitor.text(child);
  }
  visitor.leave?.(element, style);
}

export function isBlock({ display }: CSSStyleDeclaration): boolean {
  return !/^(?:inline|contents|ruby)/u.test(display);
}

/** The children as they are laid out: of the shadow root, of the slot, of an open `details`. */
function laidOut(element: Element): readonly Node[] {
  const shadow = shadowOf(element);
  if (shadow) return listed(shadow);
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  const children = listed(element);
  if (nameOf(element) !== 'details' || attributeOf(element, 'open') !== null) return children;
  return children.filter((child) => isElement(child) && nameOf(child) === 'summary').slice(0, 1);
}

function listed(parent: Node): Node[] {
  const children: Node[] = [];
  for (let child = firstChildOf(parent); child; child = nextSiblingOf(child)) children.push(child);
  return children;
}

/** Nothing in the element can be seen, whatever its children say. */
function isOutOfSight(element: Element, style: CSSStyleDeclaration): boolean {
  const { display, position, transform, clip, clipPath, overflowX, overflowY } = style;
  if (display === 'none' || Number(style.opacity) < 0.05) return true;
  if (style.getPropertyValue('content-visibility') === 'hidden') return true;
  if (/circle\(0|inset\((?:50|100)%/u.test(clipPath)) return true;
  const floats = position === 'absolute' || position === 'fixed';
  if (floats) {
    if (/^rect\((?:0px|1px)(?:,? (?:0px|1px)){3}\)$/u.test(clip)) return true;
    if (Number.parseFloat(style.left) < -900 || Number.parseFloat(style.top) < -900) return true;
  }
  const clips = overflowX !== 'visible' || overflowY !== 'visible';
  if (!clips && transform === 'none') return false;
  const { width, height, right } = boxOf(element);
  if (clips && display !== 'inline' && (width <= 1 || height <= 1)) return true;
  return transform !== 'none' && (width * height === 0 || right + scrollX <= 0);
}

/** The element's own text can be seen. Its children may differ. */
function isLegible(style: CSSStyleDeclaration): boolean {
  return (
    style.visibility === 'visible' &&
    Number.parseFloat(style.fontSize) >= 2 &&
    Number.parseFloat(style.textIndent) > -900 &&
    // Text filled with a picture is painted transparent.
    (style.getPropertyValue('background-clip') === 'text' || !isClear(style.color))
  );
}

/** `rgba(0, 0, 0, 0)`, `color(srgb 0 0 0 / 0)` */
function isClear(color: string): boolean {
  return /[,/] ?0(?:\.0\d*)?\)$/u.test(color) && /^rgba|\//u.test(color);
}
