// @vitest-environment happy-dom
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fit, lengthOf, sectionsOf } from '@/lib/page/sections';

const read = (html: string) => {
  const copy = document.implementation.createHTMLDocument('');
  copy.body.innerHTML = html;
  return sectionsOf(copy.body).map(({ heading, level, text }) => [heading, level, text]);
};

it.each([
  ['', []],
  ['<p>One.</p><p>Two.</p>', [[null, 0, 'One.\n\nTwo.']]],
  ['<p>One\n   line,  <b>bold</b>er.</p>', [[null, 0, 'One line, bolder.']]],
  [
    '<p>Before.</p><h1>A <em>title</em></h1><p>Under it.</p><h3>Deeper</h3><div>More.</div>',
    [
      [null, 0, 'Before.'],
      ['A title', 1, 'Under it.'],
      ['Deeper', 3, 'More.'],
    ],
  ],
  [
    '<h2>Empty</h2><h2> </h2><h2>Next</h2><p>x</p>',
    [
      ['Empty', 2, ''],
      ['Next', 2, 'x'],
    ],
  ],
  ['<div>Loose<p>Inner.</p>tail</div>', [[null, 0, 'Loose\n\nInner.\n\ntail']]],
  ['One<br>line<br><br>Another', [[null, 0, 'One\nline\n\nAnother']]],
  ['<ul><li>First</li><li>Second</li></ul>', [[null, 0, 'First\n\nSecond']]],
  [
    '<table><tr><th>Year</th><th>Reef</th></tr><tr><td>2023</td><td>white</td></tr></table>',
    [[null, 0, 'Year\tReef\n\n2023\twhite']],
  ],
  ['<pre>if x:\n  <b>y</b>\n</pre> after', [[null, 0, 'if x:\n  y\n\nafter']]],
])('reads %s', (html, sections) => {
  expect(read(html)).toEqual(sections);
});

const section = fc.record({
  heading: fc.option(fc.string({ minLength: 1, maxLength: 30 })),
  level: fc.integer({ min: 0, max: 6 }),
  text: fc.array(fc.string({ maxLength: 80 }), { maxLength: 6 }).map((p) => p.join('\n\n')),
});

it('never keeps more than fits, and counts every character it leaves out', () => {
  fc.assert(
    fc.property(
      fc.array(section, { maxLength: 12 }),
      fc.integer({ min: 1, max: 600 }),
      (all, room) => {
        const { sections, length, omitted } = fit(all, room);
        const sum = (list: typeof all) => list.reduce((total, one) => total + lengthOf(one), 0);
        expect(length).toBeLessThanOrEqual(room);
        expect(length).toBe(sum([...sections]));
        expect(length + omitted).toBe(sum(all));
      },
    ),
  );
});

it.each([
  { cut: 'between paragraphs', text: `${'a'.repeat(70)}\n\n${'b'.repeat(70)}`, kept: 70 },
  { cut: 'between words', text: `${'word '.repeat(19)}longerword and more`, kept: 94 },
  { cut: 'between words of a long second paragraph', text: `a\n\n${'word '.repeat(40)}`, kept: 97 },
  { cut: 'anywhere where there are no words', text: 'x'.repeat(200), kept: 100 },
  { cut: 'not within a pair of surrogates', text: `x${'😀'.repeat(100)}`, kept: 99 },
])('cuts a long section $cut', ({ text, kept }) => {
  const { sections } = fit([{ heading: null, level: 0, text }], 100);
  expect(sections[0]?.text).toBe(text.slice(0, kept));
});

it('keeps whole sections before the one it cuts, and none after', () => {
  const part = (heading: string) => ({ heading, level: 2, text: 'x'.repeat(40) });
  const { sections, omitted } = fit([part('One'), part('Two'), part('Three'), part('Four')], 100);
  expect(sections.map(({ heading }) => heading)).toEqual(['One', 'Two', 'Three']);
  expect(sections[2]?.text).toHaveLength(9);
  expect(omitted).toBe(31 + 44);
});
