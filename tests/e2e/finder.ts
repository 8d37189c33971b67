/** Where something is that a person could point at, in CSS px of its document. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** What lies over that very spot instead; null when it can be touched. */
  readonly covered: string | null;
  readonly text: string;
  readonly value: string;
}

/** A name that must be met whole, or a pattern it must match. */
export type Name = string | RegExp;

/**
 * Runs inside a document: finds what has this role and accessible name and can be seen, as a
 * screen reader would list it, and scrolls to it. It must not lean on anything outside itself.
 * The roles and names are those of the HTML and name-computation standards, as far as we use them.
 */
export function findByRole(role: string, source: string | null, flags: string): Spot | null {
  const implicit: readonly (readonly [string, string])[] = [
    ['a[href]', 'link'],
    ['button, summary, input[type=button], input[type=submit]', 'button'],
    ['input[type=checkbox]', 'checkbox'],
    ['input[type=radio]', 'radio'],
    ['input[type=range]', 'slider'],
    ['input[type=search]', 'searchbox'],
    ['input[type=number]', 'spinbutton'],
    ['input:not([type]), input[type=text], input[type=url], textarea', 'textbox'],
    ['select', 'combobox'],
    ['option', 'option'],
    ['h1, h2, h3, h4, h5, h6', 'heading'],
    ['img', 'img'],
    ['main', 'main'],
    ['nav', 'navigation'],
    ['article', 'article'],
    ['section', 'region'],
    ['ul, ol', 'list'],
    ['li', 'listitem'],
    ['dialog', 'dialog'],
    ['fieldset, details', 'group'],
    ['output', 'status'],
    ['progress', 'progressbar'],
    ['p', 'paragraph'],
    ['blockquote', 'blockquote'],
    ['mark', 'mark'],
  ];
  const fold = (text: string | null | undefined) => (text ?? '').replace(/\s+/gu, ' ').trim();
  const roleOf = (element: Element) =>
    element.getAttribute('role') ?? implicit.find(([selector]) => element.matches(selector))?.[1];
  const spoken = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true') return '';
    const own = node.getAttribute('aria-label') ?? node.getAttribute('alt');
    return own ?? [...node.childNodes].map(spoken).join(' ');
  };
  const byIds = (ids: string) =>
    ids
      .split(/\s+/u)
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ');
  const nameOf = (element: Element) => {
    const labelledBy = element.getAttribute('aria-labelledby');
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
    return (
      [
        labelledBy === null ? '' : byIds(labelledBy),
        element.getAttribute('aria-label'),
        labels.map((label) => label.textContent).join(' '),
        spoken(element),
        element.getAttribute('title'),
        element.getAttribute('placeholder'),
      ]
        .map(fold)
        .find((name) => name !== '') ?? ''
    );
  };
  const canBeSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('[aria-hidden=true], [inert]') === null;

  const pattern = source === null ? null : new RegExp(source, flags);
  const element = [...document.querySelectorAll('*')].find(
    (one) =>
      roleOf(one) === role && (pattern === null || pattern.test(nameOf(one))) && canBeSeen(one),
  );
  if (element === undefined) return null;

  const inView = () => {
    const box = element.getBoundingClientRect();
    return { box, x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };
  if (inView().y < 0 || inView().y > innerHeight) {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
  }
  const { x, y } = inView();
  const top = document.elementFromPoint(x, y);
  const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
  const touchable =
    top !== null && [element, ...labels].some((one) => one.contains(top) || top.contains(one));
  return {
    x,
    y,
    covered: touchable
      ? null
      : (top?.outerHTML.slice(0, 120) ?? 'nothing: it is outside the window'),
    text: fold(element instanceof HTMLElement ? element.innerText : element.textContent),
    value: 'value' in element ? String(element.value) : '',
  };
}
