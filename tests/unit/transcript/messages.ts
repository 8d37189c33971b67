import type { Message } from '@/lib/transcript/message';

/** A message of the reader's in conversation `a`; say what matters, the rest is plain. */
export function message(said: Partial<Message> = {}): Message {
  return {
    id: 'm1',
    conversation: 'a',
    at: Date.UTC(2026, 10, 21, 9, 30),
    who: 'reader',
    text: 'What is a reef?',
    status: 'final',
    page: null,
    quotes: [],
    ...said,
  };
}
