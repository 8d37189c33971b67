import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shownBy } from '@/lib/page/point';
import { reportOf } from '@/lib/page/report';
import { toldBy } from '@/lib/page/told';

const frame = {
  url: 'https://reef.example/',
  title: 'Reef',
  language: 'en',
  pdf: false,
  selection: null,
  sections: [{ heading: 'One', level: 1, text: 'Body.' }],
  omitted: 0,
};
const top = (change: object = {}) => [{ frameId: 0, result: { ...frame, ...change } }];

it('takes what a page reports as it is when it has the right shape', () => {
  expect(reportOf(top())).toEqual({
    url: 'https://reef.example/',
    title: 'Reef',
    language: 'en',
    pdf: false,
    selection: null,
    text: { sections: frame.sections, length: 8, omitted: 0 },
  });
});

it.each([
  ['no result', [{ frameId: 0 }]],
  ['no top frame', [{ frameId: 3, result: frame }]],
  ['sections that are none', top({ sections: 'text' })],
  ['a heading of level 9', top({ sections: [{ heading: 'x', level: 9, text: '' }] })],
  ['a title that is an object', top({ title: { toString: 'x' } })],
  ['less text than nothing', top({ omitted: -1 })],
])('drops a report with %s', (_, results) => {
  expect(reportOf(results)).toBeNull();
});

it('cuts what is too long', () => {
  const long = 'x'.repeat(300_000);
  const report = reportOf(
    top({
      title: long,
      language: long,
      selection: { text: long, before: long, after: long },
      sections: Array.from({ length: 5 }, () => ({ heading: null, level: 0, text: long })),
    }),
  );
  expect(report?.title).toHaveLength(1_000);
  expect(report?.language).toBeNull();
  expect(report?.selection?.text).toHaveLength(2_000);
  expect(report?.selection?.before).toHaveLength(300);
  expect(report?.text.length).toBeLessThanOrEqual(100_000);
});

it('lets the text of frames follow that of the page, and all share its room', () => {
  const body = (letter: string) => [{ heading: null, level: 0, text: letter.repeat(60_000) }];
  const report = reportOf([
    {
      frameId: 9,
      result: { ...frame, url: 'https://ads.example/', sections: body('b'), omitted: 5 },
    },
    { frameId: 0, result: { ...frame, sections: body('a') } },
    { frameId: 4, result: 'not a reading' },
  ]);
  expect(report?.url).toBe('https://reef.example/');
  expect(report?.text.sections.map(({ text }) => `${text.at(0)}${text.length}`)).toEqual([
    'a60000',
    'b40000',
  ]);
  expect(report?.text.omitted).toBe(20_005);
});

it('finds the selection in whichever frame it stands', () => {
  const selection = { text: 'words', before: '', after: '' };
  const results = [...top(), { frameId: 5, result: { ...frame, selection } }];
  expect(reportOf(results)?.selection).toEqual(selection);
});

it('never throws and never lets an odd shape through, whatever a page sends', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const odd = [toldBy(value), shownBy(value), reportOf([{ frameId: 0, result: value }])];
      expect(odd).toEqual([null, null, null]);
    }),
  );
});

it.each([
  [
    { type: 'hello', language: 'de-AT', pdf: false },
    { type: 'hello', language: 'de-AT', pdf: false },
  ],
  [
    { type: 'hello', language: '<script>', pdf: true },
    { type: 'hello', language: null, pdf: true },
  ],
  [
    { type: 'selection', selection: null },
    { type: 'selection', selection: null },
  ],
  [{ type: 'selection', selection: { text: '', before: '', after: '' } }, null],
  [{ type: 'selection', selection: 'words' }, null],
  [{ type: 'other' }, null],
])('hears %j as %j', (message, heard) => {
  expect(toldBy(message)).toEqual(heard);
});
