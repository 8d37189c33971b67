/**
 * The DOM by way of its prototypes, for code that runs in somebody's page. A form called `body` or
 * a field called `childNodes` hides that member of `document` or of its form behind an element,
 * in an extension's own world too; the prototypes' getters see past it.
 */
function reading<T extends object, K extends keyof T & string>(owner: () => T, name: K) {
  // Looked up when first used, since the build loads entrypoints where there is no DOM.
  let member: PropertyDescriptor | undefined;
  return (node: T): T[K] => {
    member ??= Object.getOwnPropertyDescriptor(owner(), name);
    return member?.get ? member.get.call(node) : node[name];
  };
}

const bodyOf = reading(() => Document.prototype, 'body');
export const rootOf = reading(() => Document.prototype, 'documentElement');
export const implementationOf = reading(() => Document.prototype, 'implementation');
export const titleOf = reading(() => Document.prototype, 'title');
export const typeOf = reading(() => Document.prototype, 'contentType');
export const designModeOf = reading(() => Document.prototype, 'designMode');
export const firstChildOf = reading(() => Node.prototype, 'firstChild');
export const nextSiblingOf = reading(() => Node.prototype, 'nextSibling');
export const childrenOf = reading(() => Node.prototype, 'childNodes');
export const parentOf = reading(() => Node.prototype, 'parentElement');
export const textOf = reading(() => Node.prototype, 'textContent');
export const shadowOf = reading(() => Element.prototype, 'shadowRoot');
const localNameOf = reading(() => Element.prototype, 'localName');
const nodeTypeOf = reading(() => Node.prototype, 'nodeType');

export const nameOf = (element: Element): string => localNameOf(element).toLowerCase();

export const isElement = (node: Node): node is Element => nodeTypeOf(node) === 1;
export const isText = (node: Node): node is Text => nodeTypeOf(node) === 3;

/** What this document shows: its body, or its root where it is no HTML. */
export function shownRoot(): Element {
  const body: Element | null = bodyOf(document);
  return body ?? rootOf(document);
}

export const attributeOf = (element: Element, name: string): string | null =>
  Element.prototype.getAttribute.call(element, name);

export const matches = (element: Element, selector: string): boolean =>
  Element.prototype.matches.call(element, selector);

export const isInside = (element: Element, selector: string): boolean =>
  Element.prototype.closest.call(element, selector) !== null;

/** The document or the shadow root a node stands in. */
export const scopeOf = (node: Node): Node => Node.prototype.getRootNode.call(node);

/** Laid out and not hidden, nor anything around it. */
export const isRendered = (element: Element): boolean =>
  // Chromium before 121 and Firefox before 122 knew the options by their first names.
  Element.prototype.checkVisibility.call(element, {
    checkOpacity: true,
    checkVisibilityCSS: true,
  });

export const boxOf = (element: Element): DOMRect =>
  Element.prototype.getBoundingClientRect.call(element);

export const treeOf = (root: Node, what: number): TreeWalker =>
  Document.prototype.createTreeWalker.call(document, root, what);

/** The language the page states, as BCP 47; null where it states none. */
export function languageOf(): string | null {
  const stated = attributeOf(rootOf(document), 'lang')?.trim();
  return stated ? stated.slice(0, 35) : null;
}
