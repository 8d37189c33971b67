import type { Wanted } from '@/lib/brain/companion/ask';

/** What the answer must contain, by the question's first question word; `plain` may stand in another language. */
export function wantedIn(plain: string): Wanted {
  let wanted: Wanted = 'thing';
  let first = Infinity;
  for (const [wants, pattern] of wantedBy) {
    const at = pattern.exec(plain)?.index ?? Infinity;
    if (at < first) [wanted, first] = [wants, at];
  }
  return wanted;
}

/** English question words, and those of other languages; the latter as whole words unless they need no blanks. */
const by = (english: string, words = '', unspaced = '') =>
  new RegExp(
    [`\\b(?:${english})\\b`, words && `(?<!\\p{L})(?:${words})(?!\\p{L})`, unspaced]
      .filter(Boolean)
      .join('|'),
    'u',
  );
const which = (kinds: string) => `(?:what|which) (?:${kinds})`;
const whatIsThe = (kinds: string) => `what (?:is|are|was|were) the (?:\\w+ )?(?:${kinds})`;

/** Of two that begin at the same place the one listed first holds. */
const wantedBy: readonly (readonly [Wanted, RegExp])[] = [
  [
    'reason',
    by(
      `why|how come|for what reason|${whatIsThe('reasons?|causes?')}|what (?:causes?|caused|led to|makes?|made)`,
      'لماذا|למה|מדוע|por qué|pourquoi|warum|perché|почему',
      '为什么|為什麼|なぜ',
    ),
  ],
  ['frequency', by('how (?:often|frequently|many times an?)', '', '多久一次')],
  [
    'duration',
    by('how (?:long|old|many (?:minutes|hours|days|weeks|months|years))', '', '多久|多长时间'),
  ],
  [
    'size',
    by(
      `how (?:far|tall|deep|high|wide|big|large)|${whatIsThe('size|height|depth|distance|width|length')}`,
      '',
      '多大|多长|多高',
    ),
  ],
  ['weight', by(`how (?:heavy|much (?:does|do|did) .* weigh)|${whatIsThe('weight')}`, '', '多重')],
  [
    'heat',
    by(`how (?:hot|cold|warm)|${which('temperature')}|${whatIsThe('temperature')}`, '', '几度'),
  ],
  ['speed', by('how (?:fast|quickly|slowly)')],
  [
    'money',
    by(
      `how (?:much|expensive) (?:money|(?:does|do|did|is|are|was|were|will|would) .*(?:cost|pay|paid|worth|price|charge|earn|spend|spent|raise|raised|invest\\w*|sell|sold)|is it$|is the)|${whatIsThe('price|cost|fee|salary|revenue')}s?`,
      'بكم',
      '多少钱|いくら',
    ),
  ],
  [
    'share',
    by(
      `${which('percentage|percent|share|proportion|fraction')}|how (?:much|large|big) (?:of )?a (?:share|part|fraction)`,
    ),
  ],
  [
    'number',
    by(
      `how (?:many|much)|${which('number|amount')}`,
      'كم|כמה|cuánt[oa]s?|combien|wie ?viele?|quant[oi]s?|сколько',
      '多少|几[个只位人]|いくつ|何人',
    ),
  ],
  [
    'time',
    by(
      `when|${which('time|year|day|date|month|century|decade')}|how long ago`,
      'متى|מתי|cuándo|quand|wann|quando|когда',
      '什么时候|何时|哪一?年|几月|いつ|何年',
    ),
  ],
  [
    'person',
    by(
      `who|whose|whom|${which('person|people|scientist|author|company|team')}`,
      'من|מי|quién|qui|wer|quem|chi|кто',
      '谁|誰',
    ),
  ],
  [
    'place',
    by(
      `where|${which('place|country|city|location|state|region|countries')}`,
      'أين|اين|איפה|היכן|dónde|où|wo|onde|dove|где',
      '哪里|哪裡|在哪|どこ',
    ),
  ],
  ['manner', by('how', 'كيف|איך|cómo|comment|wie|como|как', '怎么|怎麼|怎样|如何')],
  ['thing', by('what|which')],
];
