import fc from 'fast-check';
import { expect, it } from 'vitest';
import { proseOf } from '@/lib/voice/prose';

/** The way a person would hear it: sentence ends and spaces made one. */
const read = (text: string) => proseOf(text).text.replace(/\s+/gu, ' ').trim();

it.each([
  ['plain words', 'The reef is alive.', 'The reef is alive.'],
  ['an address', 'See https://a.example/x?y=1#z, then go on.', 'See , then go on.'],
  ['an address at the end', 'It is at www.a.example/b.', 'It is at .'],
  ['a link', 'Read [the study](https://a.example "title") now.', 'Read the study now.'],
  ['a picture', 'Look ![a reef](reef.png) here.', 'Look here.'],
  [
    'emphasis',
    'It is **very** _much_ ~~not~~ un*frigging*believable.',
    'It is very much not unfriggingbelievable.',
  ],
  ['a name with a low line', 'Call snake_case now.', 'Call snake case now.'],
  ['a word as code', 'Use `map` here.', 'Use map here.'],
  ['real code', 'Use `a[0] = {}` here.', 'Use here.'],
  ['a code block', 'First.\n```js\nconst a = 1;\n```\nThen.', 'First. Then.'],
  ['an unclosed code block', 'First.\n```js\nconst a = 1;', 'First.'],
  ['a heading', '## The reef\nIt lives.', 'The reef It lives.'],
  ['a list', '- one\n- two\n1. three', 'one two three'],
  ['a quotation', '> It lives.', 'It lives.'],
  ['a table', '| a | b |\n|---|---|\n| c | d |', 'a b c d'],
  [
    'footnote marks',
    'It died[1] twice[^2], they say[citation needed].',
    'It died twice, they say.',
  ],
  ['raised footnotes', 'It died quickly.¹² They left³ it.', 'It died quickly. They left it.'],
  ['a unit', 'It is 5 m² and 3 km³.', 'It is 5 m² and 3 km³.'],
  ['emoji', 'Hi 👩‍👩‍👧 there 🇩🇪 👍🏽 ❤️ you.', 'Hi there you.'],
  ['a flag made of tags', 'Go 🏴󠁧󠁢󠁥󠁮󠁧󠁿 on.', 'Go on.'],
  ['arrows', 'a → b', 'a b'],
  ['degrees', 'It is 20 °C.', 'It is 20 °C.'],
  ['tags', 'A <b class="x">bold</b> word, 1 < 2.', 'A bold word, 1 < 2.'],
  ['a soft hyphen', 'con\u00ADtent', 'content'],
  ['directions overridden', 'a\u202Eb\u200Bc', 'abc'],
  ['half a character', 'a\uD83Db', 'ab'],
  ['Persian with its joiner', 'می‌خواهم', 'می‌خواهم'],
  ['Chinese', '珊瑚礁已经失去了。', '珊瑚礁已经失去了。'],
])('reads %s', (_, text, spoken) => {
  expect(read(text)).toBe(spoken);
});

it('ends a sentence at a paragraph, a heading and a list item, but not at a wrapped line', () => {
  expect(proseOf('# Title\nOne line\nand its end\n\nNext\n- item').text).toBe(
    '\nTitle\nOne line and its end\nNext\nitem',
  );
});

const anything = fc.string({ unit: 'binary' });
const marked = fc
  .array(
    fc.constantFrom(
      '**',
      '`',
      '```',
      '\n',
      '[',
      '](',
      ')',
      '<b>',
      'https://a',
      ' ',
      'word',
      '1.',
      '|',
      '#',
      '👍',
      '\uD83D',
      '-',
      '>',
      '_',
      '.',
    ),
  )
  .map((parts) => parts.join(''));

it('keeps every character it speaks at its place', () => {
  fc.assert(
    fc.property(fc.oneof(anything, marked), (text) => {
      const { text: spoken, origin } = proseOf(text);
      expect(origin).toHaveLength(spoken.length);
      origin.forEach((offset, i) => {
        expect(offset).toBeGreaterThan(origin[i - 1] ?? -1);
        expect([text.charAt(offset), ' ', '\n']).toContain(spoken.charAt(i));
      });
    }),
  );
});

it.each([
  ['brackets', '['],
  ['open tags', '<a '],
  ['back ticks', '`'],
  ['fences', '\n```'],
  ['piled marks', 'e\u0301'],
  ['images', '!['],
  ['comments', '<!--'],
])('reads a long row of %s in good time', (_, part) => {
  const began = performance.now();
  proseOf(part.repeat(20_000));
  expect(performance.now() - began).toBeLessThan(2000);
});
