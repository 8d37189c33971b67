import type { Conversation, Talk } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';

/** Where the words were found: in the title of a conversation, or in its newest fitting message. */
export interface Found {
  readonly conversation: Conversation;
  readonly message: Message | null;
  /** Some words of that message, parted at the first that was looked for; null for a title. */
  readonly excerpt: {
    readonly before: string;
    readonly hit: string;
    readonly after: string;
  } | null;
  /** Messages of this conversation that fit. */
  readonly count: number;
}

export interface Search {
  /** Pinned conversations first, then the ones spoken in last. */
  find(query: string): readonly Found[];
}

/**
 * Full text, without an index: ten thousand messages are a few megabytes, which is looked through
 * in a few milliseconds. So every language is found alike, whether it parts its words or not, and
 * nothing has to be kept in step with the store.
 */
export function createSearch(talks: readonly Talk[]): Search {
  const pages = talks
    .map(({ conversation, messages }) => ({
      conversation,
      title: fold(conversation.title),
      whole: fold(messages.map(({ text }) => text).join('\n')),
      messages: messages.map((message) => ({ message, text: fold(message.text) })).toReversed(),
    }))
    .sort((one, other) => rank(other.conversation) - rank(one.conversation));

  return {
    find(query) {
      const words = fold(query)
        .split(/\s+/u)
        .filter((word) => word !== '');
      if (words.length === 0) return [];
      const holds = (text: string) => words.every((word) => text.includes(word));
      return pages.flatMap(({ conversation, title, whole, messages }) => {
        const fitting = holds(whole) ? messages.filter(({ text }) => holds(text)) : [];
        const [newest] = fitting;
        if (!newest && !holds(title)) return [];
        const message = newest?.message ?? null;
        const excerpt = message && excerptOf(message.text, words);
        return [{ conversation, message, excerpt, count: fitting.length }];
      });
    },
  };
}

/** Pinned ones are from after the end of time. */
const rank = ({ pinned, lastAt }: Conversation) => (pinned === true ? 8.64e15 : 0) + lastAt;

/** Letters without case and accents; the vowel signs of other scripts stay, they are letters. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(accents, '').toLowerCase();
}

const accents = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/gu;

const before = 28;
const after = 90;

function excerptOf(text: string, words: readonly string[]) {
  const places: number[] = [];
  let folded = '';
  let at = 0;
  for (const sign of text) {
    const plain = fold(sign);
    for (let nth = 0; nth < plain.length; nth += 1) places.push(at);
    folded += plain;
    at += sign.length;
  }
  places.push(text.length);
  const [first = 0] = words.map((word) => folded.indexOf(word)).sort((a, b) => a - b);
  const word = words.find((one) => folded.startsWith(one, first)) ?? '';
  const from = places[first] ?? 0;
  const to = places[first + word.length] ?? text.length;
  const start = from <= before ? 0 : nextSpace(text, from - before, from);
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, from),
    hit: text.slice(from, to),
    after: text.slice(to, to + after),
  };
}

/** Just behind a space between the two places, else the first place: not in the middle of a sign. */
function nextSpace(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/u);
  if (space !== -1) return from + space + 1;
  return /[\uDC00-\uDFFF]/u.test(text.charAt(from)) ? from + 1 : from;
}
