import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visemes } from '@/lib/face/cue';
import { soundsOf } from '@/lib/voice/sounds';

const shapes = (word: string, language = 'en') =>
  soundsOf(word, language)
    .map(({ viseme }) => viseme)
    .join(' ');

it.each([
  ['the', 'TH E'],
  ['that', 'TH aa DD'],
  ['thought', 'TH O DD'],
  ['through', 'TH RR U'],
  ['nation', 'nn E I CH E nn'],
  ['making', 'PP E I kk I kk'],
  ['planning', 'PP nn aa nn I kk'],
  ['made', 'PP E I DD'],
  ['mad', 'PP aa DD'],
  ['reef', 'RR I FF'],
  ['moon', 'PP U nn'],
  ['house', 'E aa U SS'],
  ['knight', 'nn aa I DD'],
  ['phone', 'FF O U nn'],
  ['what', 'U aa DD'],
  ['write', 'RR aa I DD'],
  ['children', 'CH I nn DD RR E nn'],
  ['little', 'nn I DD E nn'],
  ['happened', 'E aa PP I nn DD'],
  ['washed', 'U aa CH DD'],
  ['queue', 'kk U U'],
  ['Photograph', 'FF aa DD aa kk RR aa FF'],
  ['PEOPLE', 'PP I PP E nn'],
  ["it's", 'I DD SS'],
  ['BBC', 'PP I PP I SS I'],
  ['42', 'FF O RR DD U'],
  ['%', 'PP RR SS E nn DD'],
])('moves the mouth for the English word %s', (word, expected) => {
  expect(shapes(word)).toBe(expected);
});

it.each([
  ['Schule', 'de', 'CH U nn E'],
  ['Füße', 'de', 'FF U SS E'],
  ['château', 'fr', 'CH aa DD O'],
  ['mañana', 'es', 'PP aa nn aa nn aa'],
  ['łąka', 'pl', 'nn aa kk aa'],
  ['привет', 'ru', 'PP RR I FF E DD'],
  ['мама', 'uk', 'PP aa PP aa'],
  ['ουρανός', 'el', 'U RR aa nn O SS'],
  ['мир', 'en', 'PP I RR'],
])('goes letter by letter for %s (%s)', (word, language, expected) => {
  expect(shapes(word, language)).toBe(expected);
});

it.each([
  ['珊瑚礁', 'zh', 6],
  ['पानी', 'hi', 4],
  ['산호초', 'ko', 6],
  ['مرجان', 'ar', 5],
  ['שלום', 'he', 4],
])('opens and shuts in turn for %s (%s)', (word, language, count) => {
  const open = soundsOf(word, language).map(({ viseme }) =>
    'aa E I O U'.split(' ').includes(viseme),
  );
  expect(open).toHaveLength(count);
  expect(open.every((isOpen, i) => isOpen === (i % 2 === 1))).toBe(true);
});

it('has an answer for anything', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('en', 'de', 'zh', ''),
      (word, language) => {
        const sounds = soundsOf(word, language);
        expect(sounds.length).toBeGreaterThan(0);
        const sound = sounds.find(
          ({ viseme, duration, weight }) =>
            !(
              visemes.includes(viseme) &&
              duration > 0 &&
              duration < 400 &&
              weight > 0 &&
              weight <= 1
            ),
        );
        expect(sound).toBeUndefined();
      },
    ),
  );
});

it('shuts the lips for every p, b and m an English reader hears', () => {
  for (const word of ['map', 'bubble', 'number', 'simple', 'employment', 'problem', 'computer']) {
    const lips = shapes(word)
      .split(' ')
      .filter((shape) => shape === 'PP').length;
    expect([word, lips]).toEqual([
      word,
      word.replace(/([pbm])\1/gu, '$1').match(/[pbm]/gu)?.length,
    ]);
  }
});
