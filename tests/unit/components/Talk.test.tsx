// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, it } from 'vitest';
import { Talk, type TalkProps } from '@/components/panel/Talk';
import type { Message } from '@/lib/transcript/message';

const said = (id: string, text: string): Message => ({
  id,
  conversation: 'c',
  at: 1,
  who: 'avatar',
  text,
  status: 'final',
  page: null,
  quotes: [],
});

function show(messages: readonly Message[]): void {
  const props: TalkProps = {
    messages,
    thinking: false,
    conversation: 'c',
    place: null,
    hasEarlier: false,
    onEarlier: async () => undefined,
    onStay: () => undefined,
    onScroll: () => undefined,
    onAsk: () => undefined,
    onQuote: () => undefined,
    onCopy: () => undefined,
    onRemove: () => undefined,
  };
  render(<Talk {...props} />, document.body);
}

const shown = () => [...document.querySelectorAll('.said-text')].map((text) => text.textContent);

it('draws what grows, and nothing else again', () => {
  let drawn = 0;
  const settled = {
    ...said('a', 'Long ago.'),
    get quotes() {
      drawn += 1;
      return [];
    },
  };
  show([settled, said('b', 'It')]);
  const before = drawn;
  show([settled, said('b', 'It grows')]);
  show([settled, said('b', 'It grows.')]);
  expect(shown()).toEqual(['Long ago.', 'It grows.']);
  expect(drawn).toBe(before);
});

it('draws the same messages again after another conversation was there', () => {
  const [one, other] = [said('a', 'One.'), said('b', 'Another.')];
  show([one]);
  show([other]);
  show([one, other]);
  expect(shown()).toEqual(['One.', 'Another.']);
});
