import type { Viseme } from '@/lib/face/cue';
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
  return units.flatMap((unit) => phonemesOf(unit).flatMap((name) => phonemes[name] ?? []));
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
    heard.push(...(rule?.heard ?? []));
    // A rule never matches nothing, so its end lies further on.
    at = rule ? Math.max(at + 1, rule.spelling.lastIndex) : at + 1;
  }
  return heard;
}

/**
 * ARPAbet names to shapes. Durations follow the inherent ones of Klatt's rules (D. Klatt, "Synthesis
 * by rule of segmental durations in English sentences", 1979), rounded; reduced vowels are shorter
 * and weaker. `HH` has no shape of its own: the lips already stand for the vowel that follows.
 */
const phonemes: Readonly<Record<string, readonly Sound[]>> = {
  AA: [shape('aa', 240)],
  AE: [shape('aa', 230, 0.9)],
  AH: [shape('aa', 140, 0.6)],
  AX: [shape('E', 90, 0.4)],
  AO: [shape('O', 240)],
  AW: [shape('aa', 150), shape('U', 110, 0.8)],
  AY: [shape('aa', 150), shape('I', 100, 0.8)],
  EH: [shape('E', 150)],
  ER: [shape('RR', 180, 0.9)],
  EY: [shape('E', 110), shape('I', 80, 0.8)],
  IH: [shape('I', 135, 0.8)],
  IY: [shape('I', 155)],
  OW: [shape('O', 130), shape('U', 90, 0.8)],
  OY: [shape('O', 160), shape('I', 120, 0.8)],
  UH: [shape('U', 160, 0.8)],
  UW: [shape('U', 210)],
  P: [shape('PP', 90)],
  B: [shape('PP', 85)],
  M: [shape('PP', 70)],
  F: [shape('FF', 100)],
  V: [shape('FF', 60)],
  TH: [shape('TH', 90)],
  DH: [shape('TH', 50, 0.8)],
  T: [shape('DD', 75, 0.8)],
  D: [shape('DD', 75, 0.8)],
  K: [shape('kk', 80, 0.7)],
  G: [shape('kk', 80, 0.7)],
  NG: [shape('kk', 95, 0.5)],
  N: [shape('nn', 60, 0.8)],
  L: [shape('nn', 80, 0.9)],
  S: [shape('SS', 105)],
  Z: [shape('SS', 75)],
  SH: [shape('CH', 105)],
  ZH: [shape('CH', 70)],
  CH: [shape('CH', 120)],
  JH: [shape('CH', 110)],
  R: [shape('RR', 80)],
  W: [shape('U', 80)],
  Y: [shape('I', 80, 0.8)],
  HH: [shape('E', 60, 0.2)],
};

function shape(viseme: Viseme, duration: number, weight = 1): Sound {
  return { viseme, duration, weight };
}
