import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from './asking';
import { folded, pageOf } from './pages/pages';
import { reef } from './pages/reef';
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
  /** A clock by which every look at it takes as long as a slice of work, so that each step gives way. */
  beforeEach(() => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Counts how often others get their turn while it lasts. */
  async function turnsDuring(work: Promise<unknown>): Promise<number> {
    let turns = 0;
    let isOver = false;
    const takeTurn = () => {
      turns += 1;
      if (!isOver) setTimeout(takeTurn, 0);
    };
    setTimeout(takeTurn, 0);
    await work;
    isOver = true;
    return turns;
  }

  it('a page is read in slices, and others get their turn between them', async () => {
    const brain = createCompanion();
    expect(await turnsDuring(ask('who led the study?', reef, { brain }))).toBeGreaterThan(10);
  });

  it('a page is read once, also when it comes as a new object', async () => {
    const brain = createCompanion();
    const question = 'who led the study?';
    const first = await ask(question, reef, { brain });
    const again = ask(question, structuredClone(reef), { brain });
    // Looking up in what was read needs no slices.
    expect(await turnsDuring(again)).toBe(0);
    expect((await again).quotes).toEqual(first.quotes);
  });

  it('an abort ends it before it says anything', async () => {
    const before = ask('summarise', reef, { signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: 'aborted' });
    const during = new AbortController();
    const answer = ask('summarise', reef, { signal: during.signal });
    setTimeout(() => during.abort(), 0);
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
  });

  it('closing ends it too, and twice is once', async () => {
    const brain = createCompanion();
    const answer = ask('summarise', reef, { brain });
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
    const answer = ask('summarise', reef, { brain, signal: during.signal });
    setTimeout(() => during.abort(), 0);
    await expect(answer).rejects.toMatchObject({ code: 'aborted' });
    expect((await ask('outline', reef, { brain })).quotes).toHaveLength(4);
  });
});
