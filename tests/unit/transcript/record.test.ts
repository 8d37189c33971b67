import { expect, it } from 'vitest';
import { readMessage } from '@/lib/transcript/record';
import { message } from '@/tests/unit/transcript/messages';

const cards = [
  { kind: 'text', title: 'Hours', text: 'From nine to five.' },
  { kind: 'image', url: 'https://library.example/a.jpg', alt: 'The hall' },
  { kind: 'link', url: 'https://library.example', title: 'Library', text: null },
  { kind: 'options', options: [{ label: 'Yes', value: 'Yes, please.' }] },
] as const;
const looks = [{ tool: 'find_in_page', about: 'corals', refused: false }] as const;

it('reads what was kept before avatars had names and cards, as it was', () => {
  expect(readMessage(message())).toEqual(message());
});

it('reads what an avatar was called, did, showed and looked at', () => {
  const full = message({ who: 'avatar', by: 'Nova', narrated: true, cards, looks });
  expect(readMessage(full)).toEqual(full);
});

it.each([
  ['cards of a later kind', { cards: [...cards, { kind: 'hologram' }] }],
  [
    'a card whose address is no web address',
    { cards: [...cards, { kind: 'image', url: 'javascript:1', alt: '' }] },
  ],
  [
    'looks with a later tool',
    { cards, looks: [...looks, { tool: 'smell', about: null, refused: true }] },
  ],
])('%s cost neither the message nor the rest of them', (_, odd) => {
  const read = readMessage(Object.assign({ ...message(), cards, looks }, odd));
  expect(read).toEqual(message({ cards, looks }));
});

it('what is no list of cards costs the cards alone', () => {
  expect(readMessage({ ...message(), cards: 'none' })).toEqual(message({ cards: [] }));
});
