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
  [/\b(what|who|where|when|how|why|that|it|there)'s\b/gu, '$1 is'],
  [/\b(what|who|where|when|how|why)'re\b/gu, '$1 are'],
  [/\b(whats|wats)\b/gu, 'what is'],
  [/\b(whos)\b/gu, 'who is'],
  [/\b(wheres)\b/gu, 'where is'],
  [/\bgimme\b/gu, 'give me'],
  [/\blemme\b/gu, 'let me'],
  [/\bwanna\b/gu, 'want to'],
  [/\bu\b/gu, 'you'],
  [/\br\b(?= (?:you|u|the|there)\b)/gu, 'are'],
];

const courtesy =
  /^(?:(?:hi|hello|hey|ok|okay|so|well|um|uh|please|pls|plz|vis|now|thanks|great|cool|sorry)(?:[,!.]+ ?| (?=\S))|(?:can|could|would|will) you (?:please |kindly |maybe )?(?=(?:tell|show|give|read|find|explain|summari[sz]e|define|describe|list|look|search|compare|help me)\b)|(?:i (?:would|'d) like|i want|i need|i wish)(?: you)? to (?:know|find out|see|hear|ask)(?: you)?:? |(?:please |kindly )?(?:tell|show|remind) me,? (?:please,? )?(?=(?:what|who|whose|when|where|why|how|which|if|whether|a summary|the)\b)|do you (?:happen to )?know (?=(?:what|who|when|where|why|how|which|if|whether)\b)|i (?:am |was )?wonder(?:ing)? (?=(?:what|who|when|where|why|how|which|if|whether)\b)|any idea (?=(?:what|who|when|where|why|how|which)\b)|just )/u;

const closing =
  /(?:[, ]+(?:please|pls|plz|thanks|thank you|for me|according to (?:the|this) (?:page|article|text|site|post)|(?:on|in|from) (?:this|the) (?:web)?(?:page|site|article|text|post)|exactly|again|by the way|vis))+$/u;

/** Slips in words too short to guess by distance. */
const mistyped: Readonly<Record<string, string>> = {
  waht: 'what',
  whta: 'what',
  hwat: 'what',
  wat: 'what',
  wut: 'what',
  wehn: 'when',
  whne: 'when',
  wher: 'where',
  whre: 'where',
  weher: 'where',
  hwo: 'how',
  hwen: 'when',
  teh: 'the',
  thsi: 'this',
  tihs: 'this',
  abuot: 'about',
  aobut: 'about',
  abotu: 'about',
  taht: 'that',
  deos: 'does',
  mutch: 'much',
  becuase: 'because',
};

/** Long words that rules look for; one slip is forgiven, two in the longest. */
const guessed =
  'summary summarise summarize outline heading headings structure sections difference definition mention mentions explain explanation describe compare reading article contents overview takeaways'.split(
    ' ',
  );

function mend(word: string): string {
  const slip = mistyped[word];
  if (slip !== undefined) return slip;
  if (word.length < 6 || guessed.includes(word)) return word;
  const near = guessed.find(
    (right) =>
      right[0] === word[0] &&
      right.length >= 7 &&
      slips(word, right, right.length >= 10 ? 2 : 1) < Infinity,
  );
  return near ?? word;
}
