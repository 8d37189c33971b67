import type { Ask } from '@/lib/brain/companion/ask';
import { caught, mention, phrase } from '@/lib/brain/companion/phrase';

/** Questions about the page as a whole, or a part of it by its place or name. */
export function wholeRule(plain: string, marked: boolean): Ask | null {
  if (readingTime.test(plain)) return { kind: 'readingTime' };
  if (wordCount.test(plain)) return { kind: 'wordCount' };
  if (title.test(plain)) return { kind: 'title' };
  if (about.test(plain)) return { kind: 'about' };
  return summary(plain, marked) ?? outline(plain) ?? nth(plain) ?? reading(plain);
}

const readingTime = phrase(
  'how (long|much time|many minutes) (will|would|should|<does>) (i|<it>)( take| need)*( me| for me)?( to)? (be )?read( .*)?|(what is )?(the )?reading time( .*)?|how long is (<it>|the read)( to read)?|(is <it>|<page>) (a )?long( read)?|(what is )?the length of <it>',
);
const wordCount = phrase(
  '(what is )?(the )?(word|sentence) ?count( .*)?|count (the|all) words|how many (words|sentences|characters|paragraphs)( (<is>|<does>|in|has|long)( .*)?)?',
);
const title = phrase('(what is )?the title( of <it>)?|what is <it> called');
const about = phrase(
  '(what|which) <is> <it>( (all )?(about|on|for|talking about|discussing|telling me|trying to say))?|what <it> <is>( about)?|((tell me|talk|say something) )?(more )?about <it>|what <does> <it> (<say>|say|want|claim|argue|deal with)( me| us)?|what (kind of |sort of )?<noun> is <this>|what am i (reading|looking at|seeing|on)|what do i see( here)?|where am i|(describe|explain) <it>|(what is )?(the )?(main |general |overall )?(topic|subject|theme|purpose|point|idea)( (of|here)( <it>)?)?|what is (going on |happening )?here|what is this thing',
);

/** Words that only carry a wish for a summary or an outline. */
const frame = mention(
  '<page>|<noun>|give|make|write|show|get|provide|list|tell|say|says|me|us|i|you|an?|the|of|for|about|on|in|into|from|by|to|up|and|as|with|what|which|how|<is>|<does>|its?|this|that|there|have|has|had|got|need|want|can|could|please|all|some|many|very|just|only|quick|brief|short|different|main|names?|cover|covers|covered|divided|split|here|top',
);
const strip = (plain: string, ...words: readonly RegExp[]) =>
  [...words, frame, /[\s;:,.'"]+/gu].reduce((left, word) => left.replace(word, ' '), plain).trim();

const summaryWord = mention(
  'summar(y|ies|i[sz](e|ed|ing))|tl ?;? ?dr|(key|main|(most )?important|central|essential) (points?|<aways>|facts?|ideas?|findings?|things?|arguments?|messages?|steps?|news)|<aways>|in (short|brief|a nutshell)|gist|short version|highlights|sum (<it>|up)|recap|overview|bottom line|digest|boil <it> down|synopsis'.replaceAll(
    '<aways>',
    'take ?aways?',
  ),
);
const count =
  /\b(\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten)(?: single| short| simple| key| main| bullet)? (?:sentences?|points?|bullets?|lines?|things?|facts?|take ?aways?|ideas?)\b/gu;
const spelled = ['a', 'one', 'two', 'three', 'four', 'five'];

function summary(plain: string, marked: boolean): Ask | null {
  const asksElse = /^(?:where|who|when|does|is there|find)\b/u.test(plain);
  if (plain.search(summaryWord) < 0 || asksElse) return null;
  const [, asked] = plain.matchAll(count).next().value ?? [];
  const of = strip(plain, count, summaryWord).replace(/^(?:section|part|chapter|bit)s? ?/u, '');
  const onlyThis = /\b(?:this|it|that)\b/u.test(plain) && plain.replace(pageNamed, '') === plain;
  if (of === '' && marked && onlyThis) return { kind: 'summariseMarked' };
  return {
    kind: 'summary',
    of: of === '' ? null : of,
    most: asked === undefined ? 3 : clamp(asked),
  };
}

const pageNamed = mention('<page>');

/** Five at most, whatever was asked: more would be a wall. */
function clamp(asked: string): number {
  const word = spelled.indexOf(asked);
  const wanted = word >= 0 ? Math.max(1, word) : Number(asked);
  return Number.isNaN(wanted) ? 5 : Math.min(5, Math.max(1, wanted));
}

const outlineWord = mention(
  'outline|headings?|headlines|table of contents|toc|structured?|sections?|chapters?|contents|organi[sz]ed|parts|laid out|layout|topics',
);

function outline(plain: string): Ask | null {
  return plain.search(outlineWord) >= 0 && strip(plain, outlineWord) === ''
    ? { kind: 'outline' }
    : null;
}

/** As they are counted, from 1. */
export const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(
  ' ',
);
const counted = phrase(
  `((what <is>|what does|read( me)?|show me|give me|summari[sz]e) )?(the )?(?<ordinal>${ordinals.join('|')}|last) (?<of>step|instruction|part|section|chapter|heading|paragraph|sentence|ingredient|item|point|rule|tip)( (of|in|on) <it>| say| about)*`,
);

function nth(plain: string): Ask | null {
  const { ordinal, of } = counted.exec(plain)?.groups ?? {};
  if (ordinal === undefined || of === undefined) return null;
  return { kind: 'nth', nth: ordinal === 'last' ? -1 : ordinals.indexOf(ordinal) + 1, of };
}

const readAll = phrase(
  '(read|say|speak)( me)?<aloud>( (<it>|everything|it all))?( from the (start|beginning|top))?<aloud>',
);
const readPart = [
  '(read|say|speak)( me)?<aloud> ((the|that) )?(whole )?<part> (<on>) <what><aloud>',
  'what <does> the <part> (<on>) <what> say',
  'read( me)?<aloud> <what>( <part>)?<aloud>',
].map(phrase);

function reading(plain: string): Ask | null {
  if (readAll.test(plain)) return { kind: 'read', of: null };
  const of = caught(readPart, plain, 'what');
  return of === null ? null : { kind: 'read', of };
}
