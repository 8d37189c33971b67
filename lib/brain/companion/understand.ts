import type { Ask, Utterance } from '@/lib/brain/companion/ask';
import { hangingOn } from '@/lib/brain/companion/rules/hanging';
import { lookupRule } from '@/lib/brain/companion/rules/lookup';
import { markedRule } from '@/lib/brain/companion/rules/marked';
import { talkRule } from '@/lib/brain/companion/rules/talk';
import { wholeRule } from '@/lib/brain/companion/rules/whole';
import { plainQuestion } from '@/lib/brain/companion/plain';
import { foreignAsk } from '@/lib/brain/companion/tongues';
import { wantedIn } from '@/lib/brain/companion/wanted-in';

/**
 * What the reader wants. Total: whatever no rule knows is a question for the page's best sentences.
 *
 * @param marked whether words are marked on the page: then "this" means them.
 */
export function understand(question: string, marked: boolean): Utterance {
  const plain = plainQuestion(question);
  const hanging = hangingOn(plain);
  if (hanging) return hanging;
  // "And what is that?" is the same question without its "and".
  const asked = plain.replace(/^(?:and|but|so),? (?=\S)/u, '');
  return { kind: 'ask', ask: askedFor(asked, marked) ?? foreignAsk(question) ?? anyFact(asked) };
}

/** The more particular rules first. */
function askedFor(plain: string, marked: boolean): Ask | null {
  return (
    talkRule(plain) ?? markedRule(plain, marked) ?? wholeRule(plain, marked) ?? lookupRule(plain)
  );
}

function anyFact(plain: string): Ask {
  return { kind: 'fact', what: plain, wants: wantedIn(plain) };
}
