import type { Ask } from '@/lib/brain/companion/ask';
import { phrase } from '@/lib/brain/companion/phrase';

/** Questions about marked words. With words marked "this" means them; without, only "the selection" does. */
export function markedRule(plain: string, marked: boolean): Ask | null {
  if (read.test(plain) || (marked && readThis.test(plain))) return { kind: 'readMarked' };
  if (summarise.test(plain) || (marked && summariseThis.test(plain))) {
    return { kind: 'summariseMarked' };
  }
  const explained = explain.test(plain) || meaning.test(plain);
  return explained || (marked && explainThis.test(plain)) ? { kind: 'explainMarked' } : null;
}

const reading = (named: string) => phrase(`(read|say|speak)( me)?<aloud>( ${named})<aloud>`);
const read = reading('<marked>');
const readThis = phrase('(read|say|speak)( me)?<aloud>( <this>)?<aloud>');

const tail = '( simply| to me| in simple (words|terms)| here| in this context)*';
const summarising = (named: string) =>
  phrase(`(.{0,20} )?(summari[sz]e|sum up|summary of|shorten|tl;?dr|recap) ${named}${tail}`);
const summarise = summarising('<marked>');
const summariseThis = summarising('<this>');

const explaining = (named: string) =>
  phrase(
    `(explain|define|describe|clarify|meaning of|(the )?definition of|what is meant by|what about|(tell me )?(more )?about|look up|context (of|for)|what <is>( the meaning of)?|who <is>|what <does>|why <is>|(i do not|help me) understand) ${named}( means?)?( important| relevant)?${tail}`,
  );
const explain = explaining('<marked>');
const explainThis = phrase(
  `huh|what|meaning|(explain|define|describe|clarify)|${explaining('<this>').source}`,
);
/** Asked without words marked it is still about words: "what does this mean?" */
const meaning = phrase(
  `what <does> <this> mean${tail}|(define|clarify|(the )?meaning of|what is meant by) <this>`,
);
