import { slips } from '@/lib/brain/book/spelling';

/**
 * A question without what makes people write it differently: case, typographic marks, contractions, courtesy,
 * the usual slips in the words that rules look for.
 */
export function plainQuestion(question: string): string {
  let plain = question
    .slice(0, longest)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/gu, "'")
    .replace(/[“”„«»]/gu, '"')
    .replace(/\s+/gu, ' ')
    .replace(/[\s?!.,;:…？！。،؟]+$/u, '')
    .trim();
  for (const [short, long] of contractions) plain = plain.replace(short, long);
  plain = plain.replace(/[a-z]{3,}/gu, mend);
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = plain.replace(courtesy, '').replace(closing, '').trim();
  }
  return plain;
}

/** Whoever pastes a page into the question asks at its beginning; rules need not see the rest. */
const longest = 1000;

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\b(what|who|where|when|how|why|that|it|there)'s\b|\b(what|who|where)s\b/gu, '$1$2 is'],
  [/\b(what|who|where|how|why)'re\b/gu, '$1 are'],
  [/\bu\b/gu, 'you'],
];

const asking = '(?=(?:what|who|whose|when|where|why|how|which|if|whether)\\b)';
const telling =
  '(?=(?:tell|show|give|read|find|explain|summari[sz]e|define|describe|list|look|search|compare|help me)\\b)';
/** "Hey Vis, could you please tell me …": all of it may go, as long as a question is left. */
const courtesy = new RegExp(
  [
    '^(?:(?:hi|hello|hey|ok|okay|so|well|um|uh|please|pls|plz|vis|now|thanks|great|cool|sorry|just)(?:[,!.]+ ?| (?=\\S))',
    `(?:can|could|would|will) you (?:please |kindly )?${telling}`,
    "i (?:would like|'d like|want|need) (?:you )?to (?:know|find out|see|hear|ask)(?: you)?:? ",
    '(?:please )?(?:tell|show|remind) me,? (?=(?:what|who|whose|when|where|why|how|which|if|a summary|the)\\b)',
    `(?:do you (?:happen to )?know|i (?:am |was )?wonder(?:ing)?|any idea) ${asking})`,
  ].join('|'),
  'u',
);

const closing =
  /(?:[, ]+(?:please|pls|plz|thanks|thank you|for me|(?:according to|on|in|from) (?:this|the) (?:web)?(?:page|site|article|text|post)|exactly|again|by the way|vis))+$/u;

/** Their letters in any order after the first are still they: "waht", "abuot". */
const short = 'what when where which this that the about how much'.split(' ');

/** Long words that rules look for; one slip is forgiven, two in the longest. */
const guessed =
  'summary summarise summarize outline heading headings structure sections difference definition mention mentions explain explanation describe compare reading article contents overview takeaways'.split(
    ' ',
  );

function mend(word: string): string {
  if (word.length < 6) {
    const isSwapped = (right: string) => right[0] === word[0] && sorted(right) === sorted(word);
    return short.find(isSwapped) ?? word;
  }
  const near = (right: string) =>
    right[0] === word[0] &&
    right.length >= 7 &&
    slips(word, right, right.length >= 10 ? 2 : 1) < Infinity;
  return guessed.includes(word) ? word : (guessed.find(near) ?? word);
}

function sorted(word: string): string {
  return Array.from(word).sort().join('');
}
