import { expect, it } from 'vitest';
import { begunAt, type Talk } from '@/lib/transcript/conversation';
import { createSearch } from '@/lib/transcript/search';
import { message } from '@/tests/unit/transcript/messages';

const talk = (id: string, ...texts: string[]): Talk => ({
  conversation: { ...begunAt(1, id), title: texts[0] ?? '' },
  messages: texts.map((text, at) => message({ id: `${id}${at}`, conversation: id, at, text })),
});

it.each([
  ['case and accents', 'Un café À la carte', 'cafe a LA', 'café'],
  ['Japanese, which parts no words', '珊瑚礁の三分の一が失われた', '三分の一', '三分の一'],
  ['Chinese', '江边的桥很旧', '的桥', '的桥'],
  ['Thai', 'แนวปะการังหายไป', 'ปะการัง', 'ปะการัง'],
  ['Arabic, with and without its vowel marks', 'كَتَبَ الوَلَدُ', 'كتب', 'كَتَبَ'],
  ['the middle of a word', 'Donaudampfschifffahrt', 'dampf', 'dampf'],
  ['Hindi, whose vowel signs are letters', 'वह घर गया', 'घर', 'घर'],
  ['an emoji', 'So 🪸 nice', '🪸', '🪸'],
])('finds %s', (_, text, query, hit) => {
  const [found] = createSearch([talk('a', 'x', text), talk('b', 'nothing')]).find(query);
  expect(found?.message?.text).toBe(text);
  expect(found?.excerpt?.hit.replace(/[ً-ْ]*$/u, '')).toBe(hit.replace(/[ً-ْ]*$/u, ''));
});

it('wants every word, in one message or the title', () => {
  const search = createSearch([talk('a', 'reef', 'coral'), talk('b', 'a coral reef')]);
  expect(search.find('reef coral').map(({ conversation }) => conversation.id)).toEqual(['b']);
  expect(search.find('   ')).toEqual([]);
  expect(search.find('whale')).toEqual([]);
});

it('shows the newest message that fits, and how many do', () => {
  const [found] = createSearch([talk('a', 'reef one', 'other', 'reef two')]).find('reef');
  expect(found).toMatchObject({ message: { text: 'reef two' }, count: 2 });
});

it('shows the words around the hit, cut between words', () => {
  const text = `${'long ago '.repeat(20)}the keeper counted ${'and counted '.repeat(20)}`;
  const [found] = createSearch([talk('a', text)]).find('keeper');
  expect(found?.excerpt?.before).toMatch(/^…(long |ago )+the $/u);
  expect(found?.excerpt?.hit).toBe('keeper');
});

it('finds the one talk, and every talk, among ten thousand messages', () => {
  const words = 'reef coral keeper counted gull lamp tide wall breathes antiquity'.split(' ');
  const text = (seed: number) =>
    Array.from({ length: 50 }, (_, nth) => words[(seed * 7 + nth * 3) % words.length]).join(' ');
  const talks = Array.from({ length: 200 }, (_, nth) =>
    talk(`${nth}`, ...Array.from({ length: 50 }, (_, one) => text(nth + one))),
  );
  const search = createSearch([...talks, talk('needle', 'the lighthouse at Skerry')]);
  expect(search.find('lighthouse').map(({ conversation }) => conversation.id)).toEqual(['needle']);
  expect(search.find('gull lamp')).toHaveLength(200);
  expect(search.find('reef')[0]?.count).toBe(50);
});
