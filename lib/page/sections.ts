import type { PageSection, PageText } from '@/lib/page/page';

/** The most text we take from a page, in characters. */
export const mostText = 100_000;

/**
 * The text of a detached copy, part by part under its headings. Blocks become paragraphs, cells of
 * a row are parted by tabs, white space is folded except in `pre`.
 */
export function sectionsOf(root: Node): PageSection[] {
  const sections: PageSection[] = [];
  let heading: string | null = null;
  let level = 0;
  let paragraphs: string[] = [];
  let line = '';

  const endParagraph = (within = '') => {
    paragraphs.push(...paragraphsOf(line, within === 'pre'));
    line = '';
  };
  const endSection = () => {
    endParagraph();
    if (heading !== null || paragraphs.length > 0) {
      sections.push({ heading, level, text: paragraphs.join('\n\n') });
    }
    paragraphs = [];
  };
  const read = (node: Node, within: string) => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child instanceof Text) {
        line += within === 'pre' ? child.data : child.data.replace(/\s+/gu, ' ');
      } else if (child instanceof Element) {
        readElement(child, within);
      }
    }
  };
  const readElement = (element: Element, within: string) => {
    const name = element.localName;
    if (name === 'br') line += '\n';
    else if (cells.has(name)) {
      read(element, within);
      line += '\t';
    } else if (inline.has(name)) read(element, within);
    else if (/^h[1-6]$/u.test(name)) {
      const words = fold(element.textContent ?? '');
      if (words === '') return;
      endSection();
      heading = words;
      level = Number(name.slice(1));
    } else {
      endParagraph(within);
      const inside = name === 'pre' ? name : within;
      read(element, inside);
      endParagraph(inside);
    }
  };
  read(root, '');
  endSection();
  return sections;
}

/**
 * As many sections as fit, whole ones first; the last is cut between paragraphs, or where one
 * alone is too long, between words.
 */
export function fit(sections: readonly PageSection[], room: number = mostText): PageText {
  const kept: PageSection[] = [];
  let length = 0;
  for (const section of sections) {
    const left = room - length;
    const whole = lengthOf(section);
    if (whole > left) {
      const text = cutText(section.text, left - (section.heading?.length ?? 0));
      if (text !== '') kept.push({ ...section, text });
      break;
    }
    kept.push(section);
    length += whole;
  }
  length = total(kept);
  return { sections: kept, length, omitted: total(sections) - length };
}

export const lengthOf = ({ heading, text }: PageSection): number =>
  (heading?.length ?? 0) + text.length;

const total = (sections: readonly PageSection[]) =>
  sections.reduce((sum, section) => sum + lengthOf(section), 0);

const inline = new Set(
  'span a em strong b i u s sub sup small mark abbr cite q time code label font ruby rt rp'.split(
    ' ',
  ),
);
const cells = new Set(['td', 'th']);

/** Two breaks in a row part paragraphs too; many pages are written so. */
function paragraphsOf(line: string, isCode: boolean): string[] {
  const parts = line.split(/\n\s*\n/u);
  // Code keeps its indents.
  if (isCode) return parts.map((part) => part.replace(/^\n+|\s+$/gu, '')).filter(Boolean);
  return parts
    .map((part) =>
      part
        .replace(/[^\S\n\t]+/gu, ' ')
        .replace(/ *([\n\t]) */gu, '$1')
        .trim(),
    )
    .filter(Boolean);
}

function cutText(text: string, room: number): string {
  if (room <= 0) return '';
  const between = text.lastIndexOf('\n\n', room);
  // Unless that would leave most of the room empty before one long paragraph.
  if (between > room / 2) return text.slice(0, between);
  const words = text.slice(0, room);
  const space = words.search(/\s\S*$/u);
  return space > 0 ? words.slice(0, space) : words.replace(/[\uD800-\uDBFF]$/u, '');
}

const fold = (text: string) => text.replace(/\s+/gu, ' ').trim();
