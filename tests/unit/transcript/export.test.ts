import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Talk } from '@/lib/transcript/conversation';
import { exportSchema, toJson, toMarkdown } from '@/lib/transcript/export';
import { message } from '@/tests/unit/transcript/messages';

const page = {
  url: 'https://nature.example/reef (1)',
  title: 'The *slow* reef',
  host: 'nature.example',
  rung: 'page',
  icon: null,
} as const;

const talk: Talk = {
  conversation: {
    id: 'a',
    title: 'How much was lost?',
    startedAt: message().at,
    lastAt: message().at + 60_000,
  },
  messages: [
    message({ text: 'How much was lost?', page }),
    message({
      id: 'm2',
      at: message().at + 60_000,
      who: 'avatar',
      text: 'A third. It began in 1998.',
      status: 'cut',
      page,
      quotes: [
        { text: 'It began in 1998.', at: 26 },
        { text: 'A third was lost.', at: 8 },
      ],
    }),
  ],
};

const writing = { language: 'en-GB', timeZone: 'UTC' };

describe('as Markdown', () => {
  it('a talk says who spoke, when, about which page, and on what it stands', () => {
    const source = String.raw`[The \*slow\* reef](<https://nature.example/reef%20(1)>)`;
    expect(toMarkdown([talk], writing)).toBe(
      [
        '# Conversations with Visavis',
        '## How much was lost?',
        '*21 November 2026*',
        `**You** · 09:30 · ${source}`,
        'How much was lost?',
        `**Vis** · 09:31 · ${source}`,
        'A third.[^1] It began in 1998.[^2] *(cut short)*',
        `[^1]: “A third was lost.” (${source})\n[^2]: “It began in 1998.” (${source})`,
        '',
      ]
        .join('\n\n')
        .trimEnd()
        .concat('\n'),
    );
  });

  it.each([
    { said: '# not a heading', written: String.raw`\# not a heading` },
    {
      said: '- no list\n1. nor this',
      written: String.raw`\- no list` + '\n' + String.raw`1\. nor this`,
    },
    { said: 'no <b>markup</b>', written: String.raw`no \<b\>markup\</b\>` },
    { said: '*_[^9]', written: String.raw`\*\_\[^9\]` },
    { said: '猫は？ 🪸', written: '猫は？ 🪸' },
  ])('$said stays the words it was', ({ said, written }) => {
    const one = { ...talk, messages: [message({ text: said })] };
    expect(toMarkdown([one], writing)).toContain(`\n\n${written}\n`);
  });

  it('a conversation in which nothing was said is left out', () => {
    expect(toMarkdown([{ ...talk, messages: [] }], writing)).toBe('# Conversations with Visavis\n');
  });

  it('any words stay whole around any footnotes', () => {
    const places = fc.array(fc.integer({ min: -5, max: 50 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), places, (text, places) => {
        const quotes = places.map((at) => ({ text: 'quoted', at }));
        const [, , , , said = ''] = toMarkdown(
          [{ ...talk, messages: [message({ text: text.replace(/\n/gu, ' '), quotes })] }],
          writing,
        ).split(/\n\n/u);
        const mark = /(?<!\\)\[\^\d+\]/gu;
        expect(said.match(mark) ?? []).toHaveLength(places.length);
        expect(
          said
            .replace(mark, '')
            .replace(/\\([!-/:-@[-`{-~])/gu, '$1')
            .trim(),
        ).toBe(text.replace(/\n/gu, ' ').trim());
      }),
      { numRuns: 300 },
    );
  });
});

describe('what another maker’s avatar did', () => {
  const shown = message({
    id: 'm3',
    who: 'avatar',
    by: 'Nova',
    text: 'She nods.',
    narrated: true,
    looks: [
      { tool: 'find_in_page', about: 'corals', refused: false },
      { tool: 'read_page', about: null, refused: true },
    ],
    cards: [
      { kind: 'text', title: 'Hours', text: 'From *nine* to five.' },
      { kind: 'link', url: 'https://library.example/ab', title: 'Library', text: 'All of it' },
      { kind: 'image', url: 'https://library.example/hall.jpg', alt: '' },
      { kind: 'options', options: [{ label: 'Yes', value: 'Yes, please.' }] },
    ],
  });
  const whole = { ...talk, messages: [shown] };

  it('is told under its own name, what it used before what it said, and then what it showed', () => {
    expect(toMarkdown([whole], writing).split('\n\n').slice(3)).toEqual([
      '**Nova** · 09:30',
      '*Nova looked for “corals”.*',
      '*Nova wanted to read this page. You do not share it.*',
      '*She nods.*',
      '**Hours**',
      String.raw`From \*nine\* to five.`,
      '[Library](<https://library.example/ab>) · All of it',
      '[https://library.example/hall.jpg](<https://library.example/hall.jpg>)',
      '- Yes\n',
    ]);
  });

  it('is all there as JSON', () => {
    const file = v.parse(exportSchema, JSON.parse(toJson([whole], new Date(0))));
    expect(file.conversations[0]?.messages).toEqual([shown]);
  });
});

describe('as JSON', () => {
  it('everything is there and fits the published shape', () => {
    const file = v.parse(
      exportSchema,
      JSON.parse(toJson([talk], new Date(talk.conversation.lastAt))),
    );
    expect(file).toMatchObject({ version: 1, exportedAt: '2026-11-21T09:31:00.000Z' });
    expect(file.conversations).toEqual([{ ...talk.conversation, messages: talk.messages }]);
  });
});
