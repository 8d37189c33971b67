import { attributeOf, implementationOf, isInside, nameOf, shownRoot, textOf } from '@/lib/page/dom';
import { isBlock, walk } from '@/lib/page/visible';

/** What was copied of a page, and how much of its text did not fit. */
export interface Copy {
  readonly document: Document;
  readonly omitted: number;
}

/**
 * Three times the text we keep, and as many elements as Firefox reads in about a second: enough
 * for an article among its noise.
 */
const mostCharacters = 300_000;
const mostElements = 15_000;

/**
 * A detached copy of what can be seen of this page: shadow roots and slots unfolded, every
 * element reduced to what it means. No script, picture, field, address or name comes along, so
 * nothing can be fetched from it or hide its members.
 */
export function copyVisible(): Copy {
  const copy = implementationOf(document).createHTMLDocument('');
  const open: Element[] = [copy.body];
  let characters = 0;
  let elements = 0;
  let omitted = 0;
  const isFull = () => characters >= mostCharacters || elements >= mostElements;
  walk(shownRoot(), {
    wants: (element) => {
      // What comes after a full copy is only counted, hidden words and all.
      if (isFull()) omitted += textOf(element)?.trim().length ?? 0;
      return !isFull();
    },
    enter: (element, style) => {
      const made = meaning(copy, element, isBlock(style));
      open.at(-1)?.append(made);
      open.push(made);
      elements += 1;
    },
    text: ({ data }) => {
      const fitting = data.slice(0, mostCharacters - characters);
      open.at(-1)?.append(fitting);
      characters += fitting.length;
      omitted += data.slice(fitting.length).trim().length;
    },
    leave: () => {
      open.pop();
    },
  });
  return { document: copy, omitted };
}

/** What Readability and our sections understand. Everything else is a `div` or a `span`. */
const meaningful = new Set(
  (
    'p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td blockquote pre ' +
    'code article section main aside header footer nav figure figcaption a em strong b i u s sub ' +
    'sup small mark abbr cite q time address br hr label ruby rt rp'
  ).split(' '),
);

/** A heading that unfolds its section is often a button; elsewhere buttons are noise. */
const headings = 'h1,h2,h3,h4,h5,h6,summary';

function meaning(copy: Document, element: Element, block: boolean): Element {
  const name = nameOf(element);
  const means = meaningful.has(name) || (name === 'button' && !isInside(element, headings));
  const made = copy.createElement(means ? name : block ? 'div' : 'span');
  // Readability tells articles from noise by classes and ids; as a class an id hides no member.
  const called = ['class', 'id'].flatMap((which) => attributeOf(element, which) ?? []).join(' ');
  if (called !== '') made.className = called.slice(0, 200);
  const role = attributeOf(element, 'role');
  if (role !== null) made.setAttribute('role', role);
  return made;
}
