import type { Ask } from '@/lib/brain/companion/ask';
import { caught, phrase } from '@/lib/brain/companion/phrase';

/** Where does it say, does it mention, how do they differ, what does it mean. */
export function lookupRule(plain: string): Ask | null {
  const mentioned = caught(mentions, plain, 'what');
  if (mentioned !== null) return { kind: 'find', what: mentioned, yesNo: true };
  const found = caught(places, plain, 'what');
  if (found !== null) return { kind: 'find', what: found, yesNo: false };
  const [left, right] = [caught(contrasts, plain, 'left'), caught(contrasts, plain, 'right')];
  if (left !== null && right !== null) return { kind: 'compare', left, right };
  const term = caught(meanings, plain, 'what');
  if (term !== null) return { kind: 'define', what: term, person: false, strict: true };
  return named(plain);
}

const mentions = [
  '(<does>|<is>|if|whether) <it> (ever |also )?(<say>|say|have|speaks? of|refers? to)( us| me)?( (anything|something|a word))?( (about|on|of|regarding|that|to))? <what>',
  '(<is>|if) there (anything|something|(a|any) (word|section|part|mention|info|information|details?))( (said|here|in here))? (about|on|of|regarding) <what>',
  '(anything|something|any (mention|info|information)) (about|on|of) <what>',
  '<is> <what> (ever )?<said>( here| anywhere| at all)?',
].map(phrase);

const places = [
  '(where|(in )?(which|what) <part>) (<does>|<is>) (<it> )?(<say>|<said>|say|written|read about)( us| me)?( (anything|something))?( that| about)? <what>',
  'where <is> <what> <said>',
  '(find|locate|search( for)?|look (for|up)|show me|point( me)? (to|at)|take me to|(go|jump|scroll) to|highlight)( me)? ((the|a|that) )?((<part>|words?|phrase|text|line|spot) (<on>|saying) )?<what>',
].map(phrase);

const contrasts = [
  '(what <is> )?(the )?(main |key |big )?(differences?|distinction|contrast|comparison) between <left> (and|from|vs\\.?|to) <right>',
  '(compare|contrast) <left> (and|with|to|vs\\.?|against) <right>',
  'how (<does>|<is>) <left> (differ(ent)? (from|to|than)|compared? (to|with)) <right>',
  'how (<does>|<is>) <left> and <right> (differ|compare|different)',
  '<left> (vs\\.?|versus) <right>',
].map(phrase);

const meanings = [
  '(define|(what is )?(the )?(definition|meaning) of|what is meant by|explain|describe) (the (word|term|phrase|concept of|idea of) )?<what>',
  'what <does> (the (word|term|phrase|abbreviation|acronym) )?<what> (mean|stand for|refer to)( here)?',
  '<what> (meaning|definition)',
  '(tell me|talk|what do you know|say something|(give me )?(some |more )?info(rmation)?) (more |something )?about <what>',
].map(phrase);

const whoIs = [phrase('who <is> <what>')];
const whatIs = [phrase('what <is> <what>')];

/** "What is X", where X is a name. With "of", "used for" and the like it asks for a fact about X. */
function named(plain: string): Ask | null {
  const who = caught(whoIs, plain, 'what');
  const what = who ?? caught(whatIs, plain, 'what');
  if (what === null || what.split(' ').length > 4 || asksFact.test(what)) return null;
  return { kind: 'define', what, person: who !== null, strict: false };
}

const asksFact =
  /\b(?:of|for|in|at|to|on|by|with|from|the|behind|responsible|used|made|called|this|that|it|first|last|next|doing|happening)\b/u;
