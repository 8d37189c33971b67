import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utterancesOf } from '@/lib/voice/utterances';

const texts = (text: string, more: { language?: string; done?: boolean; from?: number } = {}) =>
  utterancesOf(text, { language: 'en', ...more }).utterances.map((one) => one.text);

it.each([
  { text: 'One. Two! Three?', parts: ['One.', 'Two!', 'Three?'] },
  {
    text: 'Dr. Smith met Mr. Jones. They spoke.',
    parts: ['Dr. Smith met Mr. Jones.', 'They spoke.'],
  },
  { text: 'J. R. Hill wrote it, e.g. Here.', parts: ['J. R. Hill wrote it, e.g. Here.'] },
  { text: 'It rose by 3.5 percent. Then fell.', parts: ['It rose by 3.5 percent.', 'Then fell.'] },
  {
    text: 'Am 3. Oktober war es. Dann nicht.',
    language: 'de',
    parts: ['Am 3. Oktober war es.', 'Dann nicht.'],
  },
  {
    text: '珊瑚礁已经失去了。他们回来了。',
    language: 'zh',
    parts: ['珊瑚礁已经失去了。', '他们回来了。'],
  },
  { text: 'Title\n\nThe text.', parts: ['Title', 'The text.'] },
  { text: 'Hi.\n\n---\n\n… 🙂\n\nBye.', parts: ['Hi.', 'Bye.'] },
  { text: '', parts: [] },
  { text: 'A bad tag. Still fine.', language: 'not a tag!', parts: ['A bad tag.', 'Still fine.'] },
])('speaks $text as $parts', ({ text, language = 'en', parts }) => {
  expect(texts(text, { language })).toEqual(parts);
});

it('cuts a long sentence behind its clauses, then between its words', () => {
  const clauses = `${'word '.repeat(25)}end, ${'more '.repeat(25)}end; ${'last '.repeat(45)}end.`;
  const parts = texts(clauses);
  expect(parts[0]?.endsWith('end,')).toBe(true);
  expect(parts[1]?.endsWith('end;')).toBe(true);
  expect(parts.join(' ')).toBe(clauses);
  expect(parts.slice(2).every((part) => part.length < 200)).toBe(true);
});

it('cuts a long Chinese sentence between its words', () => {
  const sentence = '珊瑚礁已经失去了一半的珊瑚'.repeat(40);
  const parts = texts(sentence, { language: 'zh' });
  expect(parts.join('')).toBe(sentence);
  expect(parts.every((part) => part.length < 200)).toBe(true);
});

it('never cuts inside a letter', () => {
  // A letter with a mark, without any space: 400 of them.
  const row = 'e\u0301'.repeat(400);
  const parts = texts(row);
  expect(parts.join('')).toBe(row);
  expect(parts.every((part) => part.startsWith('e'))).toBe(true);
});

it('says the same, whole sentences only, however a text arrives', () => {
  const whole =
    'Dr. Hill says **this**. See [it](https://a.example/b.c) there.\n\n```\ncode. More code.\n```\n\n- One item\n- Two items. And more.';
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: whole.length })), (stops) => {
      const spoken: string[] = [];
      let from = 0;
      for (const stop of stops.sort((a, b) => a - b)) {
        const text = whole.slice(0, stop);
        const { utterances, settled } = utterancesOf(text, { language: 'en', from, done: false });
        spoken.push(...utterances.map((one) => one.text));
        expect(settled).toBeGreaterThanOrEqual(from);
        from = settled;
      }
      spoken.push(...texts(whole, { from }));
      expect(spoken).toEqual(texts(whole));
    }),
  );
});

it('holds its promises for any text', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.string({ unit: 'grapheme', maxLength: 600 }),
    fc
      .array(fc.constantFrom('word ', 'x', '. ', ', ', '\n', '你', '。', 'é'))
      .map((p) => p.join('')),
  );
  fc.assert(
    fc.property(anything, fc.constantFrom('en', 'zh', 'ar', '', 'x-y'), (text, language) => {
      let last = -1;
      for (const { text: part, origin } of utterancesOf(text, { language }).utterances) {
        expect(part.length).toBeLessThan(200);
        expect(part).toMatch(/[\p{L}\p{N}]/u);
        expect(origin).toHaveLength(part.length);
        const ascending = [last, ...origin, text.length];
        expect(ascending.filter((offset, i) => offset <= (ascending[i - 1] ?? -2))).toEqual([]);
        last = origin.at(-1) ?? last;
      }
    }),
  );
});
