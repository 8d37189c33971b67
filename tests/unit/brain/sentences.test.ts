import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, splitSentences } from '@/lib/brain/book/sentences';

const split = (text: string, language: string | null = 'en') =>
  splitSentences(text, language).map((sentence) => sentence.text);

describe('sentences end where a reader would say they do', () => {
  it.each([
    ['plain ones', 'One came. Two left! Three?', ['One came.', 'Two left!', 'Three?']],
    [
      'titles',
      'Dr. Smith met Mrs. Jones. They spoke.',
      ['Dr. Smith met Mrs. Jones.', 'They spoke.'],
    ],
    ['initials', 'It was J. K. Rowling. She wrote.', ['It was J. K. Rowling.', 'She wrote.']],
    ['one letter that is a word', 'So did I. Then we left.', ['So did I.', 'Then we left.']],
    ['a labelled letter', 'That was plan B. Next came C.', ['That was plan B.', 'Next came C.']],
    [
      'Latin',
      'Use tools, e.g. Vite, vs. none. Fine.',
      ['Use tools, e.g. Vite, vs. none.', 'Fine.'],
    ],
    [
      'countries',
      'The U.S. Embassy closed. It left the U.S. The end.',
      ['The U.S. Embassy closed.', 'It left the U.S.', 'The end.'],
    ],
    [
      'decimals and times',
      'It cost 3.5 m at 5 p.m. in May. Cheap.',
      ['It cost 3.5 m at 5 p.m. in May.', 'Cheap.'],
    ],
    [
      'numbers',
      'See No. 5 and Fig. 3 there. But she said no. He left.',
      ['See No. 5 and Fig. 3 there.', 'But she said no.', 'He left.'],
    ],
    ['quotations', 'He said: "Stop. Go!" Then he left.', ['He said: "Stop. Go!"', 'Then he left.']],
    ['a question that goes on', '"Why?" he asked. "Because."', ['"Why?" he asked.', '"Because."']],
    ['brackets', 'It works (mostly. Or so.) now. Yes.', ['It works (mostly. Or so.) now.', 'Yes.']],
    [
      'footnote marks',
      'Corals bleach.[2][14] They starve.',
      ['Corals bleach.[2][14]', 'They starve.'],
    ],
    ['versions', 'Use v2.0 now. It is out.', ['Use v2.0 now.', 'It is out.']],
    ['emoji', 'Great 👩‍👩‍👧! Next 🇳🇴.', ['Great 👩‍👩‍👧!', 'Next 🇳🇴.']],
    ['list marks', '- two eggs\n- 3 cups of milk\n1. Mix.', ['two eggs', '3 cups of milk', 'Mix.']],
    [
      'paragraphs',
      'No full stop here\n\nBut another paragraph',
      ['No full stop here', 'But another paragraph'],
    ],
    [
      'wrapped lines',
      'A line that somebody wrapped by hand at the eightieth column of\nhis editor ends here. Yes.',
      [
        'A line that somebody wrapped by hand at the eightieth column of his editor ends here.',
        'Yes.',
      ],
    ],
    ['nothing', ' \n\n ', []],
  ])('%s', (_, text, sentences) => {
    expect(split(text)).toEqual(sentences);
  });

  it.each([
    [
      'zh',
      '这是第一句。他说：“停。走！”然后离开了。',
      ['这是第一句。', '他说：“停。走！”', '然后离开了。'],
    ],
    ['ja', '犬がいる。猫もいる！', ['犬がいる。', '猫もいる！']],
    ['ar', 'هذا نص. ما هذا؟ نعم!', ['هذا نص.', 'ما هذا؟', 'نعم!']],
    ['he', 'זה משפט. מה זה? כן!', ['זה משפט.', 'מה זה?', 'כן!']],
    ['not-a-language!', 'One. Two.', ['One.', 'Two.']],
  ])('in %s', (language, text, sentences) => {
    expect(split(text, language)).toEqual(sentences);
  });

  it('numbers the paragraphs', () => {
    const paragraphs = splitSentences('A b. C d.\n\nE f.', 'en').map((one) => one.paragraph);
    expect(paragraphs).toEqual([0, 0, 1]);
  });

  it('cuts what nobody could quote, at a blank, and never inside a character', () => {
    const endless = split(`${'𝒳'.repeat(700)} ${'word '.repeat(400)}`);
    expect(endless.every((piece) => piece.length <= 480 && !/\p{Surrogate}/u.test(piece))).toBe(
      true,
    );
    expect(
      endless.filter((piece) => piece.startsWith('word')).every((piece) => piece.endsWith('word')),
    ).toBe(true);
  });

  it('takes only pieces of the folded text, in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const whole = fold(text);
        let at = 0;
        for (const sentence of split(text)) {
          const found = whole.indexOf(sentence, at);
          expect(found).toBeGreaterThanOrEqual(0);
          at = found + sentence.length;
        }
      }),
    );
  });
});
