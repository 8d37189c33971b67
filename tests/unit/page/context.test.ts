import { expect, it } from 'vitest';
import { shareable, type Found } from '@/lib/page/context';
import { rungs } from '@/lib/page/page';

const selection = { text: 'the words', before: 'before', after: 'after' };
const text = { sections: [{ heading: 'One', level: 1, text: 'Body.' }], length: 8, omitted: 0 };
const found: Found = {
  url: 'https://me:secret@reef.example/walls?id=7#top',
  title: 'The Wall',
  icon: null,
  language: 'en',
  selection,
  isOffered: false,
  text,
};
const url = 'https://reef.example/walls';

it.each([
  { rung: 'nothing', context: null },
  {
    rung: 'address',
    context: { url, title: 'The Wall', language: null, selection: null, text: null },
  },
  { rung: 'selection', context: { url, title: 'The Wall', language: 'en', selection, text: null } },
  { rung: 'page', context: { url, title: 'The Wall', language: 'en', selection, text } },
] as const)('on the rung "$rung" exactly what it names is shared', ({ rung, context }) => {
  expect(shareable(found, { rung, keepQuery: false }).context).toEqual(context);
});

it.each(rungs)(
  'stamps a message with its page on the rung "%s", unless that is nothing',
  (rung) => {
    const stamp = { url, title: 'The Wall', host: 'reef.example', rung, icon: null };
    expect(shareable(found, { rung, keepQuery: false }).stamp).toEqual(
      rung === 'nothing' ? null : stamp,
    );
  },
);

it('keeps the query where the rule says so', () => {
  expect(shareable(found, { rung: 'address', keepQuery: true }).context?.url).toBe(`${url}?id=7`);
});

it.each(rungs)('shares words chosen in the menu on the rung "%s" too', (rung) => {
  const { context } = shareable({ ...found, isOffered: true }, { rung, keepQuery: false });
  expect(context?.selection).toEqual(selection);
});

it('does not tell which page words were chosen on, where nothing of it is shared', () => {
  expect(shareable({ ...found, isOffered: true }, { rung: 'nothing', keepQuery: true })).toEqual({
    context: { url: '', title: '', language: null, selection, text: null },
    stamp: null,
  });
});
