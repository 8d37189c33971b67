import type { Ask } from '@/lib/brain/companion/ask';
import { asQuoted } from '@/lib/brain/companion/draft';
import { ordinals } from '@/lib/brain/companion/rules/whole';
import { understand } from '@/lib/brain/companion/understand';
import type { Sentence } from '@/lib/brain/book/book';
import type { Turn } from '@/lib/session/provider';

/** A question understood with what was said before it. */
export interface Understood {
  /** Null: it hangs on a question that was never asked. */
  readonly ask: Ask | null;
  /** "More of the same." */
  readonly more: boolean;
  /** Whether an answer since the question was first asked has quoted it. */
  readonly isSeen: (sentence: Sentence) => boolean;
  /** What "it" or "she" may stand for; empty where nothing is left unsaid. */
  readonly about: string;
}

/** @param history oldest first, without this question. */
export function understandIn(
  question: string,
  history: readonly Turn[],
  marked: boolean,
): Understood {
  const utterance = understand(question, marked);
  const fresh = { more: false, isSeen: () => false, about: '' };
  const asked = history.findLastIndex((turn) => turn.who === 'reader');
  const turn = history[asked];
  const hangs = utterance.kind !== 'ask' || pronoun.test(question);
  const earlier = hangs && turn ? understandIn(turn.text, history.slice(0, asked), marked) : null;
  const matter = earlier?.ask ? matterOf(earlier.ask) : null;
  switch (utterance.kind) {
    case 'ask':
      return { ...fresh, ask: utterance.ask, about: matter ?? '' };
    case 'more': {
      const isSeen = earlier ? seenIn(history.slice(asked), earlier) : fresh.isSeen;
      return { ask: earlier?.ask ?? null, more: true, isSeen, about: earlier?.about ?? '' };
    }
    case 'again': {
      const { wants } = utterance;
      return { ...fresh, ask: matter === null ? null : { kind: 'fact', what: matter, wants } };
    }
    case 'instead': {
      const { what } = utterance;
      const ask = earlier?.ask ?? { kind: 'fact', what, wants: 'thing' };
      return { ...fresh, ask: instead(ask, what) };
    }
  }
}

const pronoun = /\b(?:it|its|he|him|his|she|her|they|them|their|that|this|those|these)\b/iu;

function seenIn(turns: readonly Turn[], earlier: Understood): (sentence: Sentence) => boolean {
  const said = turns.filter((turn) => turn.who === 'avatar').map((turn) => turn.text);
  return (sentence) => {
    const shown = asQuoted(sentence.text);
    return said.some((text) => text.includes(shown)) || (earlier.more && earlier.isSeen(sentence));
  };
}

/** What an earlier question was about; null where it was about the page, or nothing. */
function matterOf(ask: Ask): string | null {
  if ('what' in ask) return ask.what;
  if (ask.kind === 'summary' || ask.kind === 'read') return ask.of;
  return ask.kind === 'compare' ? `${ask.left} ${ask.right}` : null;
}

const anyOrdinal = new RegExp(`\\b(?:${ordinals.join('|')}|last|next)\\b`, 'u');

/** The same question about something else; "the second one" counts on from what was listed. */
function instead(earlier: Ask, what: string): Ask {
  const ordinal =
    /^(?:the )?(\w+)(?: (?:one|part|section|step|point|chapter))?$/u.exec(what)?.[1] ?? '';
  if (anyOrdinal.test(ordinal)) {
    const matter = matterOf(earlier);
    if (earlier.kind === 'fact' && matter !== null && anyOrdinal.test(matter)) {
      return { ...earlier, what: matter.replace(anyOrdinal, ordinal) };
    }
    const counted = ordinal === 'last' ? -1 : Math.max(1, ordinals.indexOf(ordinal) + 1);
    if (earlier.kind !== 'nth') return { kind: 'nth', nth: counted, of: 'part' };
    return { ...earlier, nth: ordinal === 'next' ? earlier.nth + 1 : counted };
  }
  if ('what' in earlier) return { ...earlier, what };
  if (earlier.kind === 'summary' || earlier.kind === 'read') return { ...earlier, of: what };
  if (earlier.kind === 'compare') return { ...earlier, right: what };
  return { kind: 'fact', what, wants: 'thing' };
}
