import { stripHidden } from '@/lib/brain/hidden';
import type { PageContext, PageText } from '@/lib/page/page';

export interface Passage {
  readonly heading: string | null;
  readonly text: string;
}

/** Characters of one part: a model reads them in a breath, and they stay in its history. */
const partLength = 8000;

/** The page in parts of about the same length, cut between paragraphs. Headings keep their marks. */
export function partsOf({ sections }: PageText): string[] {
  const parts: string[] = [];
  let part = '';
  for (const { heading, level, text } of sections) {
    const title = heading === null ? [] : [`${'#'.repeat(Math.max(1, level))} ${heading}`];
    for (const paragraph of [...title, ...text.split('\n\n')].flatMap(pieces)) {
      if (part !== '' && part.length + paragraph.length > partLength) {
        parts.push(part);
        part = '';
      }
      part += part === '' ? paragraph : `\n\n${paragraph}`;
    }
  }
  if (part !== '') parts.push(part);
  return parts.map(stripHidden);
}

/** A paragraph longer than a part, in pieces. */
function pieces(paragraph: string): string[] {
  if (paragraph.length <= partLength) return [paragraph];
  return [paragraph.slice(0, partLength), ...pieces(paragraph.slice(partLength))];
}

/** Passages given at once, and the length of each. */
const mostPassages = 5;
const passageLength = 600;

/** The paragraphs that say these very words; where none does, those that say most of them. */
export function findPassages({ sections }: PageText, wanted: string): Passage[] {
  const needle = folded(wanted);
  if (needle === '') return [];
  const words = new Set(needle.match(/[\p{L}\p{N}]{3,}/gu));
  const rated = sections.flatMap(({ heading, text }) =>
    text.split('\n\n').map((paragraph) => {
      const hay = folded(`${heading ?? ''} ${paragraph}`);
      const said = [...words].filter((word) => hay.includes(word)).length;
      const rating = hay.includes(needle) ? 2 : words.size === 0 ? 0 : said / words.size;
      return { heading, paragraph, rating };
    }),
  );
  const best = Math.max(0, ...rated.map(({ rating }) => rating));
  if (best === 0) return [];
  return rated
    .filter(({ rating }) => rating >= best * 0.6)
    .sort((a, b) => b.rating - a.rating)
    .slice(0, mostPassages)
    .map(({ heading, paragraph }) => ({ heading, text: around(stripHidden(paragraph), words) }));
}

/** As much of a paragraph as a passage holds, around the first of the words. */
function around(paragraph: string, words: ReadonlySet<string>): string {
  if (paragraph.length <= passageLength) return paragraph;
  const low = paragraph.toLowerCase();
  const at = Math.min(
    ...[...words].map((word) => low.indexOf(word)).filter((i) => i >= 0),
    low.length,
  );
  const from = Math.max(0, Math.min(at - 100, paragraph.length - passageLength));
  return paragraph.slice(from, from + passageLength);
}

/** Whether these words stand in what the reader shares. */
export function holds({ text, selection }: PageContext, passage: string): boolean {
  const needle = folded(passage);
  if (needle === '') return false;
  const shared = [
    ...(text?.sections ?? []).flatMap(({ heading, text }) => [heading ?? '', text]),
    selection?.text ?? '',
  ];
  return shared.some((text) => folded(text).includes(needle));
}

function folded(text: string): string {
  return stripHidden(text).normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
