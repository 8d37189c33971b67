import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPace, cuesFor, timed } from '@/lib/voice/timing';

/** Milliseconds that eSpeak took from `start` to `end` in Chromium 156 (2026-11), rate 1. */
const measured = [
  { language: 'en', text: 'Hello there, friend.', took: 1569 },
  { language: 'en', text: 'It works without an account.', took: 1883 },
  {
    language: 'en',
    text: 'The reef had already lost half of its coral when the survey began.',
    took: 3618,
  },
  {
    language: 'en',
    text: 'She said that the older part of the town, which lies by the river, was flooded twice in the last ten years.',
    took: 6105,
  },
  {
    language: 'en',
    text: 'Photographs taken from orbit show a different picture: forests are growing again in the north, while deserts move south.',
    took: 6808,
  },
  { language: 'en', text: 'In 1998 the temperature rose by 35 percent.', took: 4323 },
  {
    language: 'de',
    text: 'Das Riff hatte schon die Hälfte seiner Korallen verloren, als die Untersuchung begann.',
    took: 4656,
  },
  { language: 'fr', text: 'Le récif avait déjà perdu la moitié de ses coraux.', took: 2846 },
  {
    language: 'es',
    text: 'El arrecife ya había perdido la mitad de sus corales cuando comenzó el estudio.',
    took: 4695,
  },
  { language: 'ru', text: 'Риф уже потерял половину своих кораллов.', took: 2233 },
  { language: 'el', text: 'Ο ύφαλος είχε ήδη χάσει τα μισά κοράλλια του.', took: 2860 },
];

it.each(measured)(
  'is within a fifth of a real voice ($language): $text',
  ({ language, text, took }) => {
    expect(timed(text, language, 1).duration / took).toBeGreaterThan(0.8);
    expect(timed(text, language, 1).duration / took).toBeLessThan(1.2);
  },
);

it('takes half as long at twice the rate, and what a slow voice takes', () => {
  const { duration } = timed('A few words, then.', 'en', 1);
  expect(timed('A few words, then.', 'en', 2).duration).toBeCloseTo(duration / 2);
  expect(timed('A few words, then.', 'en', 1, 1.5).duration).toBeCloseTo(duration * 1.5);
});

it('knows a voice after its first sentence, and forgets what was no speech', () => {
  const pace = createPace();
  expect(pace.of('Ada')).toBe(1);
  pace.learn('Ada', 1500, 1000);
  expect(pace.of('Ada')).toBe(1.5);
  pace.learn('Ada', 90_000, 1000);
  pace.learn('Ada', 10, 1000);
  expect(pace.of('Ada')).toBe(1.5);
  expect(pace.of('Bo')).toBe(1);
});

it('finds every word, also those in scripts without spaces', () => {
  const words = (text: string, language: string) =>
    timed(text, language, 1).words.map(({ from, to }) => text.slice(from, to));
  expect(words("Don't stop; it's 35 % more.", 'en')).toEqual([
    "Don't",
    'stop',
    "it's",
    '35',
    '%',
    'more',
  ]);
  expect(words('珊瑚礁已经失去了。', 'zh').join('')).toBe('珊瑚礁已经失去了');
  expect(words('यह पानी है', 'hi')).toEqual(['यह', 'पानी', 'है']);
});

it('pauses at a comma with a shut mouth', () => {
  const { words } = timed('One, two', 'en', 1);
  const cues = cuesFor(words, 1000);
  expect(cues[0]).toMatchObject({ at: 1000 });
  expect(cues.filter(({ viseme }) => viseme === 'sil')).toHaveLength(2);
});

it('makes words that follow each other and cues that end in silence, for any text', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.lorem()),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      (text, rate) => {
        const { words, duration } = timed(text, 'en', rate);
        let end = 0;
        const overlapping = words.filter(({ start, duration }) => {
          const before = end;
          end = start + duration;
          return !(start >= before - 0.001 && duration > 0);
        });
        expect(overlapping).toEqual([]);
        expect(duration).toBeGreaterThan(end);
        expect(duration).toBeLessThan(Infinity);
        const cues = cuesFor(words, 500);
        expect(cues.filter(({ at }, i) => at <= (cues[i - 1]?.at ?? 499))).toEqual([]);
        expect(cues.at(-1)?.viseme).toBe(words.length > 0 ? 'sil' : undefined);
      },
    ),
  );
});
