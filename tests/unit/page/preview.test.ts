import { expect, it } from 'vitest';
import type { PageContext } from '@/lib/page/page';
import { previewOf } from '@/lib/page/preview';

const context: PageContext = {
  url: 'https://reef.example/walls',
  title: 'The Wall',
  language: 'fr-CH',
  selection: { text: 'le mur', before: 'on dit', after: 'qui respire' },
  text: {
    sections: [
      { heading: null, level: 0, text: 'Bonjour.' },
      { heading: 'Le récif', level: 2, text: 'Une phrase.\n\nUne autre. 珊瑚' },
    ],
    length: 40,
    omitted: 12_345,
  },
};

it('shows every word that would be sent', () => {
  const { text } = previewOf(context);
  for (const word of [
    'https://reef.example/walls',
    'The Wall',
    'fr-CH',
    'le mur',
    'on dit',
    'qui respire',
    'Bonjour.',
    '## Le récif',
    'Une phrase.\n\nUne autre. 珊瑚',
    '12,345',
  ]) {
    expect(text).toContain(word);
  }
});

it('says nothing of what would not be sent', () => {
  const { text } = previewOf({ ...context, language: null, selection: null, text: null });
  expect(text).toBe('Address: https://reef.example/walls\nTitle: The Wall');
});

it('counts bytes as they would travel, not letters', () => {
  const { text, bytes, characters } = previewOf(context);
  expect(bytes).toBe(Buffer.byteLength(text));
  expect(bytes).toBeGreaterThan(characters);
});

it.each([
  [60, '60 byte'],
  [3_400, '3.4 kB'],
  [99_000, '99 kB'],
])('says %i bytes for a person: %s', (bytes, size) => {
  const title = 'x'.repeat(bytes - 'Title: '.length);
  const bare = { url: '', title, language: null, selection: null, text: null };
  expect(previewOf(bare).size).toBe(size);
});

it('is empty where nothing would be sent', () => {
  expect(previewOf(null)).toMatchObject({ text: '', bytes: 0, characters: 0 });
});
