import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parts } from '@/lib/panel/footnotes';

it('puts each mark where it belongs, numbered in the order they are read', () => {
  const late = { text: 'Second.', at: 6 };
  const early = { text: 'First.', at: 3 };
  expect(parts('one two', [late, early])).toEqual([
    'one',
    { number: 1, quote: early },
    ' tw',
    { number: 2, quote: late },
    'o',
  ]);
});

it('loses no character and no quote, wherever a quote says it stands', () => {
  const quote = fc.record({ text: fc.string(), at: fc.integer({ min: -10, max: 100 }) });
  fc.assert(
    fc.property(fc.string(), fc.array(quote), (text, quotes) => {
      const found = parts(text, quotes);
      expect(found.filter((part) => typeof part === 'string').join('')).toBe(text);
      expect(found.filter((part) => typeof part !== 'string')).toHaveLength(quotes.length);
    }),
  );
});
