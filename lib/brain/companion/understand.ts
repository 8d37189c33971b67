import type { Ask, Utterance, Wanted } from '@/lib/brain/companion/ask';
import { plainQuestion } from '@/lib/brain/companion/plain';
import { foreignAsk } from '@/lib/brain/companion/tongues';

/**
 * What the reader wants. Total: whatever no rule knows is a question for the page's best sentences.
 *
 * @param marked whether words are marked on the page: then "this" means them.
 */
export function understand(question: string, marked: boolean): Utterance {
  const plain = plainQuestion(question);
  const hanging = hangsOnBefore(plain);
  if (hanging) return hanging;
  for (const rule of rules) {
    const ask = rule(plain, marked);
    if (ask) return { kind: 'ask', ask };
  }
  const ask = foreignAsk(question) ?? { kind: 'fact', what: plain, wants: wantedIn(plain) };
  return { kind: 'ask', ask };
}

type Rule = (plain: string, marked: boolean) => Ask | null;

/** What people call the page. */
const page =
  '(?:this|the|that)(?: whole| entire| current)? (?:web ?)?(?:page|article|site|website|text|post|story|document|tab|essay|blog|blog post|paper|recipe|news|piece)';
/** What people call the marked words. */
const markedWords =
  '(?:(?:the |my |this )?(?:selection|selected (?:text|words?|part|passage|sentence|paragraph)|highlighted (?:text|words?|part|passage)|marked (?:text|words?|part|passage))|th(?:is|ese|ose|at) (?:words?|sentences?|paragraph|passage|phrase|term|quote|part|bit|lines?)|what i (?:have )?(?:selected|marked|highlighted))';
const pronoun = '(?:this|that|it|these|those)';

const exactly = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u');

/** In the order they are tried: the more particular first. */
const rules: readonly Rule[] = [
  self,
  beyond,
  length,
  markedAsk,
  summary,
  outline,
  about,
  nth,
  reading,
  find,
  compare,
  define,
];

const selfRules: readonly (readonly [RegExp, Ask])[] = [
  [
    exactly(
      '(?:vis|hi|hello|hey|hiya|howdy|yo|greetings|hallo|good (?:morning|afternoon|evening|day)|how are you(?: doing)?(?: today)?)(?:,? (?:there|vis|you|avatar|friend))?(?:[,!. ]+how are you)?',
    ),
    { kind: 'greeting' },
  ],
  [
    exactly(
      '(?:thanks|thank you|thx|ty|cheers|much appreciated)(?:,? (?:a lot|so much|very much|vis|a bunch|that helps?|for (?:that|your help)))*|(?:great|perfect|nice|cool|awesome|good|well done|that helps?|got it|ok|okay)(?:,? (?:thanks|thank you))?',
    ),
    { kind: 'thanks' },
  ],
  [
    exactly('(?:bye|goodbye|good ?bye|see you|see ya|good night|farewell)(?: .{0,12})?'),
    { kind: 'farewell' },
  ],
  [
    exactly(
      'who are you|what are you|what is your name|introduce yourself|are you (?:an? )?(?:ai|a\\.i\\.?|artificial intelligence|robot|bot|human|real|person|real person|machine|computer|chatbot|chat ?gpt|gpt.*|gemini|claude|siri|llm|language model|large language model|model)(?: or .*)?|(?:which|what) (?:ai |language )?model are you|who (?:made|built|created) you|(?:what (?:is|are)|show me|tell me|print|reveal|repeat) (?:me )?your (?:system )?(?:prompt|instructions?|rules)|do you (?:have feelings|think|understand.*)',
    ),
    { kind: 'identity' },
  ],
  [
    exactly(
      'help|help me|what (?:can|could) (?:you|i) (?:do|ask|say|help).*|what (?:do|can) you do.*|how (?:can you help|do you work|does this work|do i use (?:this|you)).*|what are you (?:able to|capable of|good at|for).*|what (?:questions|things) can i ask.*|your abilities|what else can you do',
    ),
    { kind: 'abilities' },
  ],
  [
    exactly(
      'what (?:do|can) you (?:know|see|read|collect|store|remember|save|send)(?: .*)?|can you (?:see|read|access|hear) (?:this|the|my|me|it|everything).*|do you (?:see|read|store|save|send|collect|track|remember) .*(?:me|my|data|this|page|everything|history|passwords?).*|are you (?:spying|watching|listening|recording|tracking).*',
    ),
    { kind: 'sight' },
  ],
];

function self(plain: string): Ask | null {
  return selfRules.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

function beyond(plain: string): Ask | null {
  const asked =
    /^(?:translate|write|compose|draft|rewrite|rephrase|paraphrase|imagine|invent|predict|calculate|solve|sing|draw|generate|code|tell me a (?:joke|story)|click|buy|order|book|send|open|download|fill (?:in|out)|log ?in|sign (?:in|up)|post)\b(?! (?:says|said|is|was)\b)(?=.| *$)/u.test(
      plain,
    ) &&
    !/^(?:open|order|book|post|code|draft|download|write)s?\b.*\b(?:does|what|who|is|are|when)\b/u.test(
      plain,
    );
  const opinion =
    /^(?:what do you think|what is your (?:opinion|view)|do you (?:agree|like|believe))\b|\bin your opinion\b/u;
  return asked || opinion.test(plain) ? { kind: 'beyond' } : null;
}

function length(plain: string): Ask | null {
  if (
    exactly(
      `how (?:long|much time|many minutes) (?:will|does|would|should|do) (?:it|${page}|this|that|i)(?: (?:take|need))?(?: me| for me)?(?: to)? (?:read|take to read|be read)(?: .*)?|(?:what is )?(?:the )?reading time(?: of .*)?|how long (?:is|of a read is) (?:this|it|that|${page}|the read)(?: to read)?|(?:is (?:it|this)|${page}) (?:a )?long(?: read)?|(?:what is )?the length of (?:this|it|${page})`,
    ).test(plain)
  ) {
    return { kind: 'readingTime' };
  }
  if (
    /^(?:what is )?(?:the )?(?:word|sentence|character) ?count\b|^(?:count (?:the|all) words|how many (?:words|sentences|characters|paragraphs)(?: (?:are|does|do|in|is|has|long)\b.*)?$)/u.test(
      plain,
    )
  ) {
    return { kind: 'wordCount' };
  }
  return null;
}

function markedAsk(plain: string, marked: boolean): Ask | null {
  const named = marked ? `(?:${markedWords}|${pronoun})` : markedWords;
  const tail =
    '(?: (?:to me|simply|in simple (?:words|terms)|for me|mean here|here|in this context))*';
  if (
    exactly(
      `(?:read|say|speak)(?: me)?(?: out)?(?: loud| aloud)? ${named}(?: (?:out|aloud|out loud|loud|to me))*`,
    ).test(plain)
  ) {
    return { kind: 'readMarked' };
  }
  if (
    !marked &&
    exactly(
      `what (?:does|do|did) ${pronoun} mean.*|(?:define|clarify) ${pronoun}|(?:the )?meaning of ${pronoun}|what is meant by ${pronoun}`,
    ).test(plain)
  ) {
    return { kind: 'explainMarked' };
  }
  if (marked && exactly('read(?: (?:aloud|out|out loud))?').test(plain))
    return { kind: 'readMarked' };
  if (
    exactly(
      `(?:give me |make |write )?(?:an? )?(?:short |brief )?(?:summari[sz]e|sum up|summary of|shorten|tl;?dr(?: of)?|recap) ${named}${tail}`,
    ).test(plain)
  ) {
    return { kind: 'summariseMarked' };
  }
  if (
    exactly(
      `(?:explain|define|describe|clarify|what (?:does|do|did) ${named} mean|what (?:is|are) (?:the meaning of )?|tell me (?:more )?about|more about|meaning of|(?:the )?definition of|what is meant by|what about|i do not understand|help me understand|look up|context (?:of|for))(?: ${named})?(?: (?:about|mean|means|all about))?${tail}`,
    ).test(plain) &&
    (plain.includes('select') ||
      plain.includes('mark') ||
      plain.includes('highlight') ||
      /\b(?:this|that|it|these|those)\b/u.test(plain) ||
      (marked && /^(?:explain|define|describe|clarify)$/u.test(plain)))
  ) {
    return { kind: 'explainMarked' };
  }
  if (
    marked &&
    exactly(
      `(?:huh|what|meaning|what (?:is|are) ${pronoun}|what (?:does|do) ${pronoun} mean.*|why (?:is|are) ${pronoun}(?: (?:important|relevant))?|who (?:is|are) ${pronoun})`,
    ).test(plain)
  ) {
    return { kind: 'explainMarked' };
  }
  return null;
}

const summaryWords =
  /\b(?:summar(?:y|ise|ize|ies|ised|ized|ising|izing)|tl ?;? ?dr|(?:key|main|most important|important|central|essential) (?:points?|take ?aways?|facts?|ideas?|findings?|things?|arguments?|messages?|steps?|news)|take ?aways?|in (?:short|brief|a nutshell)|(?:the )?gist|short version|highlights|sum (?:it|this|that|the page|the article|up)|recap|overview|bottom line|digest|boil (?:it|this) down|synopsis)\b/u;

function summary(plain: string, marked: boolean): Ask | null {
  if (!summaryWords.test(plain) || /^(?:where|who|when|does|is there|find)\b/u.test(plain))
    return null;
  const most = countAsked(plain) ?? 3;
  const rest = plain
    .replace(
      /\b(?:in|with|as|using|the|top|to)? ?(?:at most |about |up to |only )?(?:\d{1,3}|one|two|three|four|five|six|seven|ten|a few|a couple of) (?:short |simple |key |main |bullet )?(?:sentences?|points?|bullets?|lines?|words?|things?|facts?|take ?aways?|parts?|ideas?)\b/gu,
      ' ',
    )
    .replace(new RegExp(summaryWords, 'gu'), ' ')
    .replace(new RegExp(`\\b${page}\\b|\\b(?:page|article|text)\\b`, 'gu'), ' ')
    .replace(
      /\b(?:give|make|write|show|provide|get|me|us|a|an|the|of|for|about|on|what|is|are|was|its?|this|that|very|quick|brief|short|please|up|do|can|you|could|list|some|tell|say|says|need|i|in|and|from|here|only|just|all)\b/gu,
      ' ',
    )
    .replace(/[\s;:,.]+/gu, ' ')
    .trim();
  const part = /^(?:section|part|chapter|paragraph|bit)s?\b ?(.*)$/u.exec(rest);
  const of = part ? (part[1] ?? '') : rest;
  if (
    of === '' &&
    marked &&
    /\b(?:this|it|that)\b/u.test(plain) &&
    !new RegExp(page, 'u').test(plain)
  ) {
    return { kind: 'summariseMarked' };
  }
  return { kind: 'summary', of: of === '' ? null : of, most };
}

const numberWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];

/** "in two sentences"; more than five would be a wall. */
function countAsked(plain: string): number | null {
  const found =
    /\b(\d{1,3}|one|two|three|four|five|six|seven|ten|a single) (?:short |simple |key |main |bullet )?(?:sentences?|points?|bullets?|lines?|things?|facts?|take ?aways?|ideas?)\b/u.exec(
      plain,
    )?.[1];
  if (found === undefined) return null;
  const spelled = numberWords.indexOf(found) + 1;
  const count =
    found === 'ten' ? 10 : found === 'a single' ? 1 : spelled > 0 ? spelled : Number(found);
  return Math.min(5, Math.max(1, count));
}

function outline(plain: string): Ask | null {
  if (
    !/\b(?:outline|headings?|headlines|table of contents|toc|structure|structured|sections?|chapters?|contents|organi[sz]ed|parts|laid out|layout|topics)\b/u.test(
      plain,
    )
  ) {
    return null;
  }
  const rest = plain
    .replace(
      /\b(?:outline|headings?|headlines|table of contents|toc|structured?|sections?|chapters?|contents|organi[sz]ed|parts|laid out|layout|topics|subtopics)\b/gu,
      ' ',
    )
    .replace(
      /\b(?:page|article|text|site|post|document|web|give|make|show|list|tell|me|us|a|an|the|of|for|on|what|which|is|are|was|its?|this|that|how|does|do|have|has|has got|in|all|there|many|name|names?|main|cover|covers|covered|by|into|divided|split|got|and|can|you|please|see|go|through|different|i)\b/gu,
      ' ',
    )
    .trim();
  return rest === '' ? { kind: 'outline' } : null;
}

function about(plain: string): Ask | null {
  if (
    exactly(
      `(?:what is )?the title(?: of (?:${page}|this|it))?|what is (?:${page}|this|it) called`,
    ).test(plain)
  )
    return { kind: 'title' };
  const asked = exactly(
    `(?:what|which) (?:is|are) (?:${page}|${pronoun})(?: (?:all )?(?:about|on|for|talking about|discussing|saying|telling me|trying to say))?|what (?:${page}|${pronoun}) (?:is|are)(?: (?:all )?about)?|(?:tell me|talk|say something|more) (?:more )?about (?:${page}|${pronoun})|what (?:does|do) (?:${page}|${pronoun}|they) (?:say|talk about|cover|discuss|tell(?: me| us)?|describe|deal with|want|contain|claim|argue)|what (?:page|site|article|website|kind of (?:page|article|site)|sort of (?:page|article|site)) (?:is|are) (?:this|it|that)|what am i (?:reading|looking at|seeing|on)|what do i see(?: here)?|where am i|(?:describe|explain) (?:${page}|${pronoun})|(?:what is )?(?:the )?(?:main |general |overall )?(?:topic|subject|theme|purpose|point|idea)(?: (?:of|here)(?: (?:${page}|${pronoun}))?)?|what is (?:going on |happening )?here|about(?: ${page}| this)?|what is this(?: thing)?`,
  );
  return asked.test(plain) ? { kind: 'about' } : null;
}

/** As they are counted, from 1. */
export const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const counted = new RegExp(
  `^(?:what (?:is|are|does|was)|read(?: me)?|show me|give me|summari[sz]e)? ?(?:the )?(${ordinals.join('|')}|last) (step|instruction|part|section|chapter|heading|paragraph|sentence|ingredient|item|point|rule|reason|tip)(?: (?:of|in|on) (?:it|this|that|${page})| say| about)*$`,
  'u',
);

function nth(plain: string): Ask | null {
  const [, ordinal, of] = counted.exec(plain) ?? [];
  if (ordinal === undefined || of === undefined) return null;
  return { kind: 'nth', nth: ordinal === 'last' ? -1 : ordinals.indexOf(ordinal) + 1, of };
}

function reading(plain: string): Ask | null {
  const part =
    /^(?:read|say|speak|recite)(?: me| us)?(?: out| aloud| out loud)? (?:the |a |that )?(?:first |whole |entire )?(?:section|part|chapter|paragraph|bit|passage|text)s? (?:about|on|of|called|titled|named|under|with|where(?: it)?(?: says| talks about)?|that (?:says|talks about|mentions))\s+(.+?)(?: (?:aloud|out loud|out|to me))?$/u.exec(
      plain,
    ) ??
    /^what (?:does|do) the (?:section|part|chapter|paragraph)s? (?:about|on|called|titled|named) (.+?) say$/u.exec(
      plain,
    );
  if (part?.[1] !== undefined) return { kind: 'read', of: bare(part[1]) };
  if (
    exactly(
      `(?:read|say|speak)(?: me| us)?(?: out)?(?: aloud| loud| out loud)?(?: (?:${page}|${pronoun}|from the (?:start|beginning|top)|everything|it all))?(?: (?:aloud|out loud|out|loud|to me|from the (?:start|beginning|top)))*`,
    ).test(plain)
  ) {
    return { kind: 'read', of: null };
  }
  const named =
    /^read(?: me)?(?: out| aloud| out loud)? (?:the )?(.+?)(?: (?:section|part|chapter|paragraph|bit))?(?: (?:aloud|out loud|out|to me))?$/u.exec(
      plain,
    )?.[1];
  return named === undefined ? null : { kind: 'read', of: bare(named) };
}

const it = `(?:it|this|that|they|the author|the authors|there|anyone|${page})`;
const whereSays = new RegExp(
  `^(?:where|which (?:section|part|paragraph|sentence)|in (?:which|what) (?:section|part|paragraph)) (?:does|do|did|is) (?:${it} )?(?:say|mention|state|talk about|discuss|describe|explain|write|claim|cover|tell|speak of|said|written|read about)(?: us| me)?(?: (?:anything|something))?(?: that| about)? (.+)$`,
  'u',
);
const whereMentioned =
  /^where (?:is|are|was|were) (?:the )?(.+?) (?:mentioned|discussed|described|explained|covered|talked about|stated|defined|said)$/u;
const doesMention = new RegExp(
  `^(?:does|do|did|is|are|if|whether) ${it} (?:even |ever |also )?(?:mentions?|says?|talks? about|discuss(?:es)?|covers?|contains?|speaks? of|states?|tells?|refers? to|have|has|say)(?: us| me)?(?: (?:anything|something|a word))?(?: (?:about|on|of|regarding|concerning|that|to))? (.+)$`,
  'u',
);
const isAnything =
  /^(?:is|are|was|if) there (?:anything|something|a (?:word|section|part|mention)|any (?:mention|information|info|words?|details?))(?: (?:said|written|here|in here))? (?:about|on|of|regarding) (.+)$|^(?:any(?:thing)?|something)(?: (?:mention|info|information|said|here))? (?:about|on|of) (.+)$|^(?:is|are) (.+) (?:ever )?(?:mentioned|discussed|covered|talked about)(?: here| anywhere| at all)?$/u;
const findThat =
  /^(?:find|locate|search(?: for)?|look (?:for|up)|show me|point (?:me )?(?:to|at)|take me to|go to|jump to|scroll to|highlight|where is)(?: me)? (?:the |a |that )?(?:(?:part|place|sentence|passage|section|bit|paragraph|word|words|phrase|text|line|spot|chapter)s? (?:about|on|where(?: (?:it|they) (?:says?|talks? about|mentions?))?|that (?:says?|mentions?|talks? about)|which (?:says?|mentions?)|called|saying|with)\s+)?(.+)$/u;

function find(plain: string): Ask | null {
  const yesNo =
    doesMention.exec(plain)?.[1] ??
    isAnything
      .exec(plain)
      ?.slice(1)
      .find((group) => group !== undefined);
  if (yesNo !== undefined) return { kind: 'find', what: bare(yesNo), yesNo: true };
  const where = whereSays.exec(plain)?.[1] ?? whereMentioned.exec(plain)?.[1];
  if (where !== undefined) return { kind: 'find', what: bare(where), yesNo: false };
  if (plain.startsWith('where is')) return null;
  const found = findThat.exec(plain)?.[1];
  return found === undefined ? null : { kind: 'find', what: bare(found), yesNo: false };
}

const comparisons = [
  /^(?:what (?:is|are) )?(?:the )?(?:main |key |big )?(?:differences?|distinction|contrast|comparison) (?:is )?between (?:the )?(.+?) (?:and|from|vs\.?|to) (?:the )?(.+)$/u,
  /^(?:compare|contrast) (?:the )?(.+?) (?:and|with|to|vs\.?|against) (?:the )?(.+)$/u,
  /^how (?:do|does|did|is|are) (?:the )?(.+?) (?:differ(?:ent)? from|compared? (?:to|with)|different (?:to|than)) (?:the )?(.+)$/u,
  /^how (?:do|does|are|is) (?:the )?(.+?) and (?:the )?(.+?) (?:differ|compare|different|not the same)$/u,
  /^(?:the )?(.+?) (?:vs\.?|versus) (?:the )?(.+)$/u,
];

function compare(plain: string): Ask | null {
  for (const pattern of comparisons) {
    const [, left, right] = pattern.exec(plain) ?? [];
    if (left !== undefined && right !== undefined) return { kind: 'compare', left, right };
  }
  return null;
}

const definitions = [
  /^(?:define|(?:the |what is the )?(?:definition|meaning) of|what is meant by|explain|describe) (?:the (?:word|term|phrase|concept of|idea of) |an? |the )?(.+)$/u,
  /^what (?:does|do|did) (?:the (?:word|term|phrase|abbreviation|acronym) |an? |the )?(.+?) (?:mean|stand for|refer to)(?: here)?$/u,
  /^(.+?) (?:meaning|definition)$/u,
  /^(?:tell me|talk|what do you know|say something|give me (?:some |more )?info(?:rmation)?) (?:more |something )?about (?:the |an? )?(.+)$/u,
];

function define(plain: string): Ask | null {
  for (const pattern of definitions) {
    const what = pattern.exec(plain)?.[1];
    if (what !== undefined)
      return { kind: 'define', what: bare(what), person: false, strict: true };
  }
  const who = /^who(?: is| are| was| were) (?:the |an? )?(.+)$/u.exec(plain)?.[1];
  if (
    who !== undefined &&
    who.split(' ').length <= 4 &&
    !/\b(?:by|of|for|in|at|to|behind|responsible|the|who|ing)\b/u.test(who)
  ) {
    return { kind: 'define', what: bare(who), person: true, strict: false };
  }
  const what = /^what(?: is| are| was| were) (?:the |an? )?(.+)$/u.exec(plain)?.[1];
  if (
    what !== undefined &&
    what.split(' ').length <= 4 &&
    !/\b(?:of|for|in|at|to|on|by|with|from|the|used|made|called|this|that|it|first|last|next|doing|happening)\b/u.test(
      what,
    )
  ) {
    return { kind: 'define', what: bare(what), person: false, strict: false };
  }
  return null;
}

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

/** Of two that begin at the same place the one listed first holds. */
const wantedBy: readonly (readonly [Wanted, RegExp])[] = [
  [
    'reason',
    /\b(?:why|how come|for what reason|what (?:is|was|were|are) the (?:reasons?|causes?)|what (?:caused?|causes|led to|makes?|made))\b|为什么|為什麼|なぜ|لماذا|למה|מדוע|por qué(?!\p{L})|\bpourquoi\b|\bwarum\b|perché(?!\p{L})|почему/u,
  ],
  ['frequency', /\bhow (?:often|frequently|many times an?)\b|多久一次/u],
  [
    'duration',
    /\bhow (?:long|old|many (?:minutes|hours|days|weeks|months|years))\b|多久|多长时间|どのくらい/u,
  ],
  [
    'size',
    /\bhow (?:far|tall|deep|high|wide|big|large)\b|\bwhat (?:is|was) the (?:size|height|depth|distance|width|length)\b|多大|多长|多高/u,
  ],
  [
    'weight',
    /\bhow (?:heavy|much (?:does|do|did) .* weigh)\b|\b(?:what is )?the weight of\b|多重/u,
  ],
  [
    'heat',
    /\bhow (?:hot|cold|warm)\b|\b(?:what|which) temperature\b|\bwhat (?:is|was) the temperature\b|多热|几度/u,
  ],
  ['speed', /\bhow (?:fast|quickly|slowly)\b/u],
  [
    'money',
    /\bhow (?:much|expensive) (?:(?:money|does|do|did|is|are|was|were|will|would)\b.*\b(?:cost|pay|paid|worth|price|charge|earn|spend|spent|raise|raised|invest\w*|revenue|sell|sold)\b|is it$|is the\b|does it$)|\bwhat (?:is|was|are|were) the (?:\w+ )?(?:price|cost|fee|salary|revenue)s?\b|多少钱|いくら|بكم/u,
  ],
  [
    'share',
    /\b(?:what|which|how (?:much|large|big) (?:of )?an?) (?:percentage|percent|share|proportion|fraction)\b/u,
  ],
  [
    'number',
    /\bhow (?:many|much)\b|\bwhat (?:number|amount)\b|多少|几[个只位人]|幾|いくつ|何人|(?<!\p{L})كم(?!\p{L})|כמה|cuánt[oa]s?\b|\bcombien\b|\bwie ?viele?\b|\bquant[oi]s?\b|сколько/u,
  ],
  [
    'time',
    /\b(?:when|(?:what|which) (?:time|year|day|date|month|century|decade)|since when|how long ago)\b|什么时候|何时|哪一?年|几月|いつ|何年|متى|מתי|cuándo\b|\bquand\b|\bwann\b|\bquando\b|когда/u,
  ],
  [
    'person',
    /\b(?:who|whose|whom|(?:what|which) (?:person|people|scientist|author|company|team))\b|谁|誰|(?:^|\s)من(?=\s)|(?<!\p{L})מי(?!\p{L})|quién\b|\bqui\b|\bwer\b|\bquem\b|\bchi\b|кто/u,
  ],
  [
    'place',
    /\b(?:where|(?:what|which) (?:place|country|city|location|state|region|countries))\b|哪里|哪裡|在哪|どこ|أين|اين|איפה|היכן|dónde\b|(?<!\p{L})où(?!\p{L})|\bwo\b|\bonde\b|\bdove\b|где/u,
  ],
  [
    'manner',
    /\bhow\b|怎么|怎麼|怎样|如何|كيف|איך|cómo\b|\bcomment\b|\bwie\b|\bcomo\b|\bcome\b|как/u,
  ],
  ['thing', /\b(?:what|which)\b/u],
];

function hangsOnBefore(plain: string): Utterance | null {
  if (
    exactly(
      '(?:tell me |say |show me |give me |read )?(?:some |a bit |a little )?more|(?:tell|show|read|give) me more|go on|continue|carry on|keep going|next|what else(?: does it say)?|anything else|and then|and|elaborate|details?|more details?(?: please)?|more about (?:that|it)|is that all|is there more',
    ).test(plain)
  ) {
    return { kind: 'more' };
  }
  const single = exactly(
    '(?:but |and |so )?(why|when|where|who|how|how many|how much|how come|since when|how long)(?: (?:is|was|did|does|do) (?:that|it|this|so))?(?: (?:happen|so))?',
  ).exec(plain)?.[1];
  if (single !== undefined) return { kind: 'again', wants: wantedIn(single) };
  const instead =
    /^(?:and|but|or)?,? ?(?:what|how) about (.+)$|^and (?:for |in |of |with )?((?!why|when|where|who|how|what|which|is|are|does|do|did|can).+)$/u.exec(
      plain,
    );
  const what = instead?.[1] ?? instead?.[2];
  if (what !== undefined && !exactly(`${pronoun}|${page}`).test(what))
    return { kind: 'instead', what: bare(what) };
  const question = /^(?:and|but|so),? (.+)$/u.exec(plain)?.[1];
  return question === undefined ? null : understand(question, false);
}

/** The thing itself: without article, marks of quotation, "please". */
function bare(text: string): string {
  return text
    .replace(/^(?:the|an?|any|some|his|her|its|their|about) (?=\S)/u, '')
    .replace(/^["'(]+|["')]+$/gu, '')
    .trim();
}
