import type { Ask } from '@/lib/brain/companion/ask';
import { asQuoted } from '@/lib/brain/companion/draft';
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
}

/** @param history oldest first, without this question. */
export function understandIn(
  question: string,
  history: readonly Turn[],
  marked: boolean,
): Understood {
  const utterance = understand(question, marked);
  if (utterance.kind === 'ask') return { ask: utterance.ask, more: false, isSeen: () => false };
  const asked = history.findLastIndex((turn) => turn.who === 'reader');
  const turn = history[asked];
  const earlier = turn ? understandIn(turn.text, history.slice(0, asked), marked) : null;
  if (!earlier?.ask) {
    const ask: Ask | null =
      utterance.kind === 'instead' ? { kind: 'fact', what: utterance.what, wants: 'thing' } : null;
    return { ask, more: false, isSeen: () => false };
  }
  switch (utterance.kind) {
    case 'more':
      return { ask: earlier.ask, more: true, isSeen: seenIn(history.slice(asked), earlier) };
    case 'again': {
      const what = matterOf(earlier.ask);
      const ask: Ask | null = what === null ? null : { kind: 'fact', what, wants: utterance.wants };
      return { ask, more: false, isSeen: () => false };
    }
    case 'instead':
      return { ask: instead(earlier.ask, utterance.what), more: false, isSeen: () => false };
  }
}

function seenIn(turns: readonly Turn[], earlier: Understood): (sentence: Sentence) => boolean {
  const said = turns.filter((turn) => turn.who === 'avatar').map((turn) => turn.text);
  return (sentence) => {
    const shown = asQuoted(sentence.text);
    return said.some((text) => text.includes(shown)) || (earlier.more && earlier.isSeen(sentence));
  };
}

/** What an earlier question was about; null where it was about the page, or nothing. */
function matterOf(ask: Ask): string | null {
  switch (ask.kind) {
    case 'fact':
    case 'find':
    case 'define':
      return ask.what;
    case 'summary':
    case 'read':
      return ask.of;
    case 'compare':
      return `${ask.left} ${ask.right}`;
    case 'greeting':
    case 'thanks':
    case 'farewell':
    case 'identity':
    case 'abilities':
    case 'sight':
    case 'beyond':
    case 'about':
    case 'outline':
    case 'readingTime':
    case 'wordCount':
    case 'title':
    case 'part':
    case 'explainMarked':
    case 'summariseMarked':
    case 'readMarked':
      return null;
  }
}

const ordinals = [
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
    const nth = ordinal === 'last' ? -1 : ordinals.indexOf(ordinal) + 1;
    const at =
      earlier.kind === 'part' && ordinal === 'next'
        ? earlier.nth + 1
        : Math.max(nth, nth < 0 ? -1 : 1);
    return { kind: 'part', nth: at };
  }
  switch (earlier.kind) {
    case 'fact':
    case 'find':
    case 'define':
      return { ...earlier, what };
    case 'summary':
    case 'read':
      return { ...earlier, of: what };
    case 'compare':
      return { ...earlier, right: what };
    case 'greeting':
    case 'thanks':
    case 'farewell':
    case 'identity':
    case 'abilities':
    case 'sight':
    case 'beyond':
    case 'about':
    case 'outline':
    case 'readingTime':
    case 'wordCount':
    case 'title':
    case 'part':
    case 'explainMarked':
    case 'summariseMarked':
    case 'readMarked':
      return { kind: 'fact', what, wants: 'thing' };
  }
}
