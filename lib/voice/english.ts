import { visemes } from '@/lib/face/cue';
import { everyday, letters, rules, signs } from '@/lib/voice/spelling';
import type { Sound } from '@/lib/voice/sounds';

/**
 * English by letter-to-sound rules: right about nine shapes in ten, which is what a mouth needs.
 * Numbers are read digit by digit, capitals without vowels letter by letter.
 */
export function englishSounds(word: string): Sound[] {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’ʼ]/gu, "'");
  // Units: runs of letters, single digits and signs; the rest is silent.
  const units = plain.match(/[a-z']+|[^a-z'\s]/giu) ?? [];
  return units.flatMap((unit) => phonemesOf(unit).flatMap((name) => phonemes.get(name) ?? []));
}

function phonemesOf(unit: string): readonly string[] {
  const lower = unit.toLowerCase().replace(/^'+|'+$/gu, '');
  const known = everyday.get(lower) ?? signs.get(lower);
  if (known) return known;
  if (isInitials(unit)) return Array.from(lower).flatMap((letter) => letters.get(letter) ?? []);
  return bySpelling(lower);
}

function isInitials(unit: string): boolean {
  return /^[A-Z]+$/u.test(unit) && (unit.length <= 3 || !/[AEIOUY]/u.test(unit));
}

function bySpelling(word: string): string[] {
  const heard: string[] = [];
  let at = 0;
  while (at < word.length) {
    const rule = (rules.get(word.charAt(at)) ?? []).find(({ spelling }) => {
      spelling.lastIndex = at;
      return spelling.test(word);
    });
    // Doubled letters are heard once.
    heard.push(...(rule?.heard ?? []).filter((name) => name !== heard.at(-1)));
    // A rule never matches nothing, so its end lies further on.
    at = rule ? Math.max(at + 1, rule.spelling.lastIndex) : at + 1;
  }
  return heard;
}

/**
 * ARPAbet names to shapes: viseme, milliseconds, weight. Durations follow the inherent ones of
 * Klatt's rules ("Synthesis by rule of segmental durations in English sentences", 1979), rounded;
 * reduced vowels are shorter and weaker. `HH` has no shape of its own: the lips already stand for
 * the vowel that follows.
 */
const phonemes = new Map(
  `AA aa 240 1; AE aa 230 .9; AH aa 140 .6; AX E 90 .4; AO O 240 1; AW aa 150 1 U 110 .8;
  AY aa 150 1 I 100 .8; EH E 150 1; ER RR 180 .9; EY E 110 1 I 80 .8; IH I 135 .8; IY I 155 1;
  OW O 130 1 U 90 .8; OY O 160 1 I 120 .8; UH U 160 .8; UW U 210 1; P PP 90 1; B PP 85 1; M PP 70 1;
  F FF 100 1; V FF 60 1; TH TH 90 1; DH TH 50 .8; T DD 75 .8; D DD 75 .8; K kk 80 .7; G kk 80 .7;
  NG kk 95 .5; N nn 60 .8; L nn 80 .9; S SS 105 1; Z SS 75 1; SH CH 105 1; ZH CH 70 1; CH CH 120 1;
  JH CH 110 1; R RR 80 1; W U 80 1; Y I 80 .8; HH E 60 .2`
    .split(';')
    .map((line) => {
      const [name = '', ...shapes] = line.trim().split(/\s+/u);
      return [name, soundsFrom(shapes)];
    }),
);

function soundsFrom([viseme, duration, weight, ...rest]: readonly string[]): Sound[] {
  const shape = visemes.find((known) => known === viseme);
  if (!shape) return [];
  return [
    { viseme: shape, duration: Number(duration), weight: Number(weight) },
    ...soundsFrom(rest),
  ];
}
