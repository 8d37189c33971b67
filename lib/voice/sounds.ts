import type { Viseme } from '@/lib/face/cue';
import { isLetter, soundsOfLetters } from '@/lib/voice/alphabets';
import { englishSounds } from '@/lib/voice/english';
import { segmenter } from '@/lib/text/segmenter';
import { tongueOf } from '@/lib/voice/language';

/** One mouth shape of a word. */
export interface Sound {
  readonly viseme: Viseme;
  /** Milliseconds at an ordinary pace; only their ratios matter where a real voice sets the pace. */
  readonly duration: number;
  /** How strongly it is spoken, 0 to 1. */
  readonly weight: number;
}

/**
 * The mouth shapes of one word, at least one. English goes by letter-to-sound rules. Other
 * languages in Latin, Cyrillic or Greek go letter by letter. For every other script
 * nothing is known: the shapes only look like speech (see `syllables`).
 */
export function soundsOf(word: string, language: string): readonly Sound[] {
  const english = tongueOf(language).base === 'en';
  const sounds = english && /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{M}]+$/u.test(word);
  const spoken = sounds ? englishSounds(word) : spelled(word, language);
  return spoken.length > 0 ? spoken : [{ viseme: 'E', duration: 120, weight: 0.4 }];
}

function spelled(word: string, language: string): Sound[] {
  const letters = word.toLowerCase().normalize('NFC');
  const known = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{N}\p{P}]+$/u;
  return known.test(letters) ? soundsOfLetters(letters) : syllables(word, language);
}

/**
 * A pretence: consonants and vowels in turn, picked by code point so that the same word always
 * looks the same. In most scripts left, a character is a syllable and takes about 190 ms in
 * running speech, as in Mandarin (Coupé et al., Science Advances 2019); a letter takes half of that.
 */
function syllables(word: string, language: string): Sound[] {
  return Array.from(
    segmenter(language, 'grapheme').segment(word),
    ({ segment }, place): Sound[] => {
      if (isLetter(segment)) return soundsOfLetters(segment.toLowerCase());
      const point = segment.codePointAt(0) ?? 0;
      const closed = { viseme: pick(consonants, point), duration: 100, weight: 0.8 };
      const open = { viseme: pick(vowels, point >> 2), duration: 165, weight: 0.8 };
      if (!alphabetic.test(segment)) return [closed, open];
      return [place % 2 === 0 ? closed : open];
    },
  ).flat();
}

/** Scripts that write consonants and vowels, or consonants alone, each by itself. */
const alphabetic =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Syriac}\p{Script=Thaana}]/u;

const consonants = ['DD', 'nn', 'kk', 'SS', 'PP', 'RR', 'CH'] as const;
const vowels = ['aa', 'E', 'I', 'O', 'U'] as const;

function pick(from: readonly [Viseme, ...Viseme[]], at: number): Viseme {
  return from[at % from.length] ?? from[0];
}
