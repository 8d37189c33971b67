import type { Utterance } from '@/lib/brain/companion/ask';
import { caught, phrase } from '@/lib/brain/companion/phrase';
import { wantedIn } from '@/lib/brain/companion/wanted-in';

/** What makes sense only after something else was asked; null for a question that stands on its own. */
export function hangingOn(plain: string): Utterance | null {
  if (more.test(plain)) return { kind: 'more' };
  if (again.test(plain)) return { kind: 'again', wants: wantedIn(plain) };
  const what = caught(instead, plain, 'what');
  if (what === null || thisOrPage.test(what)) return null;
  return { kind: 'instead', what };
}

const more = phrase(
  '((tell|show|give|read)( me)? |say )?(some |a bit |a little )?more|go on|continue|carry on|keep going|next|(what|anything) else( does it say)?|and( then)?|elaborate|(more )?details?|more about (that|it)|is (that all|there more)',
);
const again = phrase(
  '((but|and|so) )?(why|when|where|who|how( many| much| come| long)?|since when)( (<is>|<does>) (that|it|this|so))?( happen| so)?',
);
const instead = [
  '((and|but|or),? )?(what|how) about <what>',
  'and (for |in |of |with )?(?!(why|when|where|who|how|what|which|<is>|<does>|can)\\b)<what>',
].map(phrase);
const thisOrPage = phrase('<it>|<this>');
