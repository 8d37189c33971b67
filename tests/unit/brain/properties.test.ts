import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask } from './asking';
import { folded, pageOf } from './pages/pages';
import { reef } from './pages/reef';
import { readBook } from '@/lib/brain/book/book';
import { createCompanion } from '@/lib/brain/companion/companion';
import { stripHidden } from '@/lib/brain/hidden';

/** Any characters, those of whole scripts, and the words rules look for. */
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        ...'who what when where why how many much is the it this reef coral define summarise find read more and second mean difference between 大熊猫 吃什么 الماء ? “ ” ( [ \\ $1 *** . U.S.'.split(
          ' ',
        ),
      ),
      { maxLength: 12 },
    )
    .map((words) => words.join(' ')),
);

/** Ways of asking that take what follows apart. */
const anyQuestion = fc
  .tuple(
    fc.constantFrom(
      '',
      'what is ',
      'who is ',
      'define ',
      'find ',
      'does it mention ',
      'summarise ',
      'and ',
      'read me the part about ',
      'what does e-mail mean ',
      'difference between a/b and ',
    ),
    anything,
  )
  .map((words) => words.join(''));

const anyPage = fc
  .record({
    title: anything,
    language: fc.option(fc.oneof(fc.constantFrom('en', 'zh', 'ar', 'de'), fc.string()), {
      nil: null,
    }),
    sections: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 6 }),
        fc.option(anything, { nil: null }),
        fc.array(anything, { maxLength: 4 }),
      ),
      { maxLength: 4 },
    ),
  })
  .map(({ title, language, sections }) =>
    pageOf('https://any.example/', title, language, sections),
  );

describe('whatever is asked of whatever page', () => {
  it('there is an answer, and every quote is a piece of the page with its mark inside the answer', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestion, anyPage, async (question, page) => {
        const { text, quotes } = await ask(question, page);
        expect(text.trim()).not.toBe('');
        const whole = folded(page);
        for (const quote of quotes) {
          expect(whole).toContain(quote.text);
          expect(quote.at).toBeGreaterThan(0);
          expect(quote.at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('about words of the page itself the quotes stand right before their marks', async () => {
    const words = folded(reef).split(' ');
    await fc.assert(
      fc.asyncProperty(fc.subarray(words, { minLength: 1, maxLength: 6 }), async (some) => {
        const { text, quotes } = await ask(some.join(' '), reef);
        for (const quote of quotes) {
          const before = text.slice(0, quote.at).replace(/[“”‘’"]/gu, '');
          expect(before.endsWith(stripHidden(quote.text).replace(/[“”‘’"]/gu, ''))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('three sentences at most are quoted unless more were asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(folded(reef).split(' '), { minLength: 1, maxLength: 5 }),
        async (some) => {
          expect((await ask(some.join(' '), reef)).quotes.length).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('time', () => {
  const long = pageOf(
    'https://long.example/',
    'A long page',
    'en',
    Array.from({ length: 100 }, (_, i) => [
      2,
      `Chapter ${i}`,
      [
        `In the year ${1000 + i} the river town number${i} counted ${i * 7} boats and ${i} bridges. `.repeat(
          12,
        ),
      ],
    ]),
  );

  it('a long page is read in slices, and others get their turn between them', async () => {
    let turns = 0;
    let isReading = true;
    const takeTurn = () => {
      turns += 1;
      if (isReading) setTimeout(takeTurn, 0);
    };
    setTimeout(takeTurn, 0);
    if (!long.text) throw new Error('no text');
    await readBook(long.text, 'en', new AbortController().signal);
    isReading = false;
    expect(turns).toBeGreaterThan(1);
  });

  it('a page is read once, also when it comes as a new object', async () => {
    const brain = createCompanion();
    const question = 'how many bridges has number42?';
    const first = await ask(question, long, { brain });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const again = await ask(question, structuredClone(long), { brain });
    clearInterval(timer);
    // Reading takes several slices, looking up in what was read takes none.
    expect(turns).toBe(0);
    expect(again.quotes).toEqual(first.quotes);
  });

  it('an abort ends it before it says anything', async () => {
    const before = AbortSignal.abort();
    await expect(ask('summarise', reef, { signal: before })).rejects.toMatchObject({
      code: 'aborted',
    });
    const during = new AbortController();
    const answer = ask('summarise', long, { signal: during.signal });
    setTimeout(() => during.abort(), 0);
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
  });

  it('closing ends it too, and twice is once', async () => {
    const brain = createCompanion();
    const answer = ask('summarise', long, { brain });
    setTimeout(() => {
      brain.close();
      brain.close();
    }, 0);
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
    await expect(ask('hello', null, { brain })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('what was aborted half way is read anew next time', async () => {
    const brain = createCompanion();
    const during = new AbortController();
    const answer = ask('summarise', long, { brain, signal: during.signal });
    setTimeout(() => during.abort(), 0);
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
    expect((await ask('outline', long, { brain })).quotes).toHaveLength(12);
  });
});
