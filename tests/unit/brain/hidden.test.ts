import { expect, it } from 'vitest';
import { stripHidden } from '@/lib/brain/hidden';

it.each([
  ['a direction override', 'pay \u202Enow\u202C', 'pay now'],
  ['isolates', '\u2066a\u2069b', 'ab'],
  ['zero-width blanks', 'war\u200Bran\u2060ty\uFEFF', 'warranty'],
  ['soft hyphens', 'hy\u00ADphen', 'hyphen'],
  ['controls', 'a\u0000b\u0007c\u009Bd', 'abcd'],
  ['tag characters', `ok${String.fromCodePoint(0xe0049, 0xe0067)}`, 'ok'],
  ['a lone surrogate', 'a\uD83Db', 'ab'],
  ['a joiner that joins nothing', 'pass\u200D word', 'pass word'],
])('takes out %s', (_, text, visible) => {
  expect(stripHidden(text)).toBe(visible);
});

it.each([
  ['line ends and tabs', 'a\n\tb\r\n'],
  ['Persian joiners', 'می\u200Cخواهم'],
  ['families', '👩\u200D👩\u200D👧 👩🏽\u200D🔬 🏳️\u200D🌈'],
  ['accents and scripts', 'é ü 中文 العربية עברית हिन्दी'],
])('leaves %s', (_, text) => {
  expect(stripHidden(text)).toBe(text);
});
