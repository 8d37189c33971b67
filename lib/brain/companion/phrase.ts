/**
 * A rule written nearly as people ask: `where (does|did) <it> <say> <what>`. Brackets group, `?` makes optional, and
 * names stand for the vocabulary below, or for the words to be caught. It matches a whole plain question.
 */
export function phrase(pattern: string): RegExp {
  return new RegExp(`^(?:${spell(pattern)})$`, 'u');
}

/** The same anywhere in a question. */
export function mention(pattern: string): RegExp {
  return new RegExp(`\\b(?:${spell(pattern)})\\b`, 'gu');
}

/** What the first of the patterns that fits catches under that name. */
export function caught(
  patterns: readonly RegExp[],
  plain: string,
  name: 'what' | 'left' | 'right',
): string | null {
  for (const pattern of patterns) {
    const words = pattern.exec(plain)?.groups?.[name];
    if (words !== undefined) return bare(words);
  }
  return null;
}

/** The thing itself: without its article and marks of quotation. */
function bare(text: string): string {
  return text
    .replace(/^(?:the|an?|any|some|his|her|its|their|about) (?=\S)/u, '')
    .replace(/^["'(]+|["')]+$/gu, '')
    .trim();
}

function spell(pattern: string): string {
  return pattern
    .replace(/(?<!\(\?)<(\w+)>/gu, (_, name: string) => {
      const words = vocabulary[name];
      return words === undefined ? `(?<${name}>.+?)` : `(${spell(words)})`;
    })
    .replace(/\((?!\?)/gu, '(?:');
}

const vocabulary: Readonly<Record<string, string>> = {
  is: 'is|are|was|were',
  does: 'does|do|did',
  the: '(the|an?) ',
  this: 'this|that|it|these|those',
  noun: '(web ?)?(page|article|site|text|post|story|document|recipe|paper|blog)',
  page: '(this|the|that)( whole| entire)? <noun>',
  it: 'it|this|that|they|there|anyone|the authors?|<page>',
  marked:
    '((the|my|this) )?(selection|(selected|marked|highlighted) (text|part|<unit>))|(this|these|that|those) <unit>|what i (have )?(selected|marked|highlighted)',
  unit: '(words?|sentences?|paragraph|passage|phrase|term|lines?)',
  part: '(part|section|chapter|paragraph|passage|bit|place|sentence|heading)s?',
  on: 'about|on|of|called|named|titled|with|where( <it>)?( <say>)?|that <say>|which <say>',
  say: 'says?|mentions?|states?|talks? about|discuss(es)?|covers?|explains?|describes?|contains?|tells?',
  said: 'mentioned|discussed|covered|described|explained|talked about|stated|defined|said',
  aloud: '( (out loud|out|aloud|loud|to me))*',
};
