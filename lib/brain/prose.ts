import { stripHidden } from '@/lib/brain/hidden';

/**
 * A model's text as prose to be spoken, whatever it thinks of our rules: no emphasis, headings, list marks, code
 * fences, links, images or tags.
 */
export function toProse(raw: string): string {
  return stripHidden(raw)
    .replace(/!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)/gu, '$1')
    .replace(/<\/?[a-z][^>\n]{0,80}>/giu, '')
    .replace(/```\w*/gu, '')
    .replace(/^\s{0,3}(?:#{1,6}|[-*+>])\s+/gmu, '')
    .replace(/\*\*|__|`/gu, '')
    .replace(/(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)/gu, '')
    .trim();
}

/**
 * As much of it as cannot change any more by what is still to come, so that what was told only ever grows: a
 * mark that may be half of something is held back.
 */
export function toProseSoFar(raw: string): string {
  return toProse(raw.replace(unfinished, ''));
}

const unfinished =
  /(?:!?\[[^\]\n]{0,200}(?:\](?:\([^)\n]{0,500})?)?|<(?:\/?[a-z][^>\n]{0,80}|\/)?|```\w*|[*_`#!>+\s-]+)$/iu;
