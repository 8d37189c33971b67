/**
 * The word of the page that was probably meant by one it does not have: a slip of the finger, or in a language
 * we have no stemmer for, another ending. Null when nothing is near enough to be sure.
 */
export function meant(
  word: string,
  counts: ReadonlyMap<string, number>,
  language: string | null,
): string | null {
  if (word.length < 5 || /\p{N}/u.test(word)) return null;
  const isStemmed = language === null || /^en\b/iu.test(language);
  const allowed = word.length >= 9 ? 2 : word.length >= 6 ? 1 : 0;
  let best: string | null = null;
  let least = allowed + 1;
  for (const candidate of counts.keys()) {
    if (candidate[0] !== word[0] || Math.abs(candidate.length - word.length) > 3) continue;
    const away = !isStemmed && sharesStem(word, candidate) ? 0.5 : slips(word, candidate, allowed);
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** Slips between two words: letters lost, added, wrong or swapped with a neighbour. More than `most` is Infinity. */
export function slips(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= other.length; j += 1) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + wrong);
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, at(i - 2, j - 2) + 1);
      }
      row.push(least);
    }
  }
  const total = at(one.length, other.length);
  return total > most ? Infinity : total;
}

function sharesStem(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  return shorter >= 5 && one.slice(0, shorter - 1) === other.slice(0, shorter - 1);
}
