import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageContext } from '@/lib/page/page';
import { narrationFor, triggersFor } from '@/lib/providers/inworld/context';

const page: PageContext = {
  url: 'https://example.org/reef',
  title: 'The reef',
  language: null,
  selection: null,
  text: null,
};
const withText = (text: string): PageContext => ({
  ...page,
  text: { sections: [{ heading: null, level: 0, text }], length: text.length, omitted: 0 },
});

describe('a page as triggers', () => {
  it('has its address, title and language as strings', () => {
    expect(triggersFor(page)[0]).toEqual({
      name: 'page_context',
      parameters: [
        { name: 'url', value: 'https://example.org/reef' },
        { name: 'title', value: 'The reef' },
        { name: 'language', value: '' },
      ],
    });
  });

  it('stays under the sizes a character takes, whatever the page says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000, unit: 'grapheme' }), fc.string(), (long, short) => {
        const selection = { text: long, before: long, after: short };
        for (const { name, parameters } of triggersFor({ ...page, title: long, selection })) {
          expect(name).toMatch(/^[a-z0-9_.-]{1,64}$/u);
          for (const { value } of parameters) {
            expect(value.length).toBeLessThanOrEqual(500);
            expect(value).not.toMatch(/[{}\n]/u);
            expect(() => encodeURIComponent(value)).not.toThrow();
          }
        }
      }),
    );
  });

  it('keeps of what stands before a selection the end, which is next to it', () => {
    const before = `${'far '.repeat(200)}near`;
    const [, selected] = triggersFor({ ...page, selection: { text: 'x', before, after: '' } });
    expect(selected?.parameters[1]?.value.endsWith('near')).toBe(true);
  });
});

describe('the text of a page as a narrated action', () => {
  it('is what has to do with the question', () => {
    const text = `${'The sea was calm. '.repeat(60)}Parrotfish eat algae. ${'The sky was grey. '.repeat(60)}`;
    expect(narrationFor('What do parrotfish eat?', withText(text))).toBe(
      '{player} is reading: Parrotfish eat algae.',
    );
  });

  it('is its beginning where nothing has', () => {
    expect(narrationFor('Why?', withText('One thing. Another thing.'))).toBe(
      '{player} is reading: One thing.',
    );
  });

  it('is nothing without text', () => {
    expect(narrationFor('Why?', page)).toBe(null);
    expect(narrationFor('Why?', withText('  \n '))).toBe(null);
  });

  it('is at most 300 characters, and puts no names of ours into its placeholders', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 2000 }),
        fc.string({ maxLength: 50 }),
        (text, question) => {
          const said = narrationFor(question, withText(`${text}. {character} {player}`)) ?? '';
          expect(said.length).toBeLessThanOrEqual(300);
          expect(said.replace('{player}', '')).not.toMatch(/[{}]/u);
        },
      ),
    );
  });
});
