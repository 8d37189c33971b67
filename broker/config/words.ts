import type * as v from 'valibot';
import type { Path } from './lines';

/** The words the schema knows at `path`, to guess what a misspelt one was meant to be. */
export function wordsAt(schema: v.GenericSchema, path: Path): readonly string[] {
  let here: unknown = schema;
  for (const step of path) {
    here = unwrapped(here);
    if (has(here, 'entries') && has(here.entries, String(step))) here = here.entries[String(step)];
    else if (has(here, 'item')) here = here.item;
    else return [];
  }
  here = unwrapped(here);
  return has(here, 'entries') && typeof here.entries === 'object' && here.entries !== null
    ? Object.keys(here.entries)
    : [];
}

/** The word that takes the fewest strokes to reach, if it takes few enough to be a slip; or null. */
export function nearest(word: string, words: readonly string[]): string | null {
  const ranked = words
    .map((candidate) => ({ candidate, strokes: distance(word, candidate) }))
    .sort((a, b) => a.strokes - b.strokes);
  const [best] = ranked;
  return best && best.strokes <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : null;
}

/** Levenshtein's. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of from.split('').entries()) {
    const above = row;
    row = [i + 1];
    for (const [j, other] of to.split('').entries()) {
      const swapped = (above[j] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(swapped, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}

function unwrapped(schema: unknown): unknown {
  return has(schema, 'wrapped') ? unwrapped(schema.wrapped) : schema;
}

function has<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}
