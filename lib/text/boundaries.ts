/** Whether the segmenter was too eager: what stands so far is not a sentence without what follows. */
export function bindsToNext(soFar: string, rest: string): boolean {
  const trimmed = soFar.trimEnd();
  // Only a mark of a list: "1." or "(a)".
  if (/^\(?(?:\d{1,3}|\p{L})[.)]$/u.test(trimmed)) return true;
  // "?" he asked – the sentence goes on in small letters.
  if (/^["”’»)\]]*\s*\p{Ll}/u.test(rest)) return /[.!?…]["”’»)\]]*$/u.test(trimmed);
  const last = /(\S+)\.$/u.exec(trimmed)?.[1]?.replace(/^[("“‘'«[]+/u, '') ?? '';
  if (last === '') return false;
  const word = last.toLowerCase();
  const follows = rest.trimStart();
  if (titles.has(word)) return true;
  if (beforeNumbers.has(word)) return /^[\p{N}(]/u.test(follows);
  if (countries.has(word)) return /^\p{Lu}/u.test(follows) && !sentenceStart.test(follows);
  return isInitial(last, trimmed);
}

/** Whether a bracket or a quotation is still open, within what a person would still take for one sentence. */
export function opensMark(soFar: string): boolean {
  if (soFar.length > 280) return false;
  let depth = 0;
  for (const character of soFar) {
    if ('“«「『(（'.includes(character)) depth += 1;
    else if ('”»」』)）'.includes(character)) depth = Math.max(0, depth - 1);
  }
  const straight = soFar.split('"').length - 1;
  return depth > 0 || straight % 2 === 1;
}

/** They stand before a name or a word and never end a sentence. */
const titles = new Set(
  'mr mrs ms dr prof st mt ft vs e.g i.e cf approx gen col sgt capt lt rev hon gov sen rep pres fr mme mlle hr bzw z.b d.h ca'.split(
    ' ',
  ),
);

/** They bind only to a number: "No. 5", but "She said no." */
const beforeNumbers = new Set(
  'no nos nr fig figs eq vol vols pp p ch sec art jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);

const countries = new Set([
  'u.s',
  'u.k',
  'u.n',
  'e.u',
  'inc',
  'ltd',
  'co',
  'corp',
  'jr',
  'sr',
  'bros',
]);
const sentenceStart =
  /^(?:the|this|that|these|those|it|its|he|she|they|we|you|i|in|on|at|a|an|but|and|however|there|when|while|after|as|for|if|no|yes|our|their|his|her)\b/iu;

/** "J. K. Rowling", but not "So did I." or "That was plan B." */
function isInitial(last: string, trimmed: string): boolean {
  if (!/^\p{Lu}$/u.test(last) || last === 'I') return false;
  const before = /(\S+)\s+\S+$/u.exec(trimmed)?.[1]?.toLowerCase() ?? '';
  return !labelled.has(before);
}

const labelled = new Set(
  'plan vitamin type class grade hepatitis group option appendix figure part section point team exhibit'.split(
    ' ',
  ),
);
