import fc from 'fast-check';
import { expect, it } from 'vitest';
import { captionAt } from '@/lib/panel/caption';

const text =
  'The reef had lost a third of its corals. Nobody saw it happen, since the water was warm only at night and the divers, who came for the colours of the day, had long gone home by then.';

const shown = (from: number, to: number) => {
  const { before, word, after } = captionAt({ text, from, to }, 84);
  return before + word + after;
};

it('shows the sentence that is being spoken, parted at its word', () => {
  expect(captionAt({ text, from: 4, to: 8 }, 84)).toEqual({
    before: 'The ',
    word: 'reef',
    after: ' had lost a third of its corals.',
  });
});

it('shows the sentence that is spoken as a whole, also where the space before it counts to it', () => {
  const from = text.indexOf(' Nobody');
  expect(captionAt({ text, from, to: text.length }, 400)).toEqual({
    before: '',
    word: text.slice(from + 1),
    after: '',
  });
});

it('keeps a stretch still while its words are spoken', () => {
  const words = [...text.slice(0, 40).matchAll(/\w+/gu)];
  const stretches = words.map(({ index, 0: word }) => shown(index, index + word.length));
  expect(new Set(stretches)).toEqual(new Set(['The reef had lost a third of its corals.']));
});

it('cuts a long sentence between words into stretches that fit two lines', () => {
  const words = [...text.matchAll(/\w+/gu)];
  const stretches = new Set(words.map(({ index, 0: word }) => shown(index, index + word.length)));
  expect([...stretches].join(' ')).toBe(text);
  for (const stretch of stretches) expect(stretch.length).toBeLessThanOrEqual(96);
});

it('shows a part of the text for any text and any place in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (any, from, length) => {
      const { before, word, after } = captionAt({ text: any, from, to: from + length }, 84);
      expect(any).toContain(before + word + after);
    }),
  );
});
