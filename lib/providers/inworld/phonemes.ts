import type { Viseme, VisemeCue } from '@/lib/face/cue';

/** A phoneme of a chunk of sound, as the SDK gives it. */
export interface TimedPhoneme {
  readonly phoneme?: string;
  /** Seconds from the beginning of the chunk. */
  readonly startOffsetS?: number;
}

/**
 * The vendor names no alphabet. These are the symbols of the International Phonetic Alphabet for
 * what its voices speak, and those of ARPAbet, which older ones used. Stress, length and other
 * marks are taken off before looking.
 */
const table: Readonly<Record<Viseme, { ipa: string; arpabet: string; weight: number }>> = {
  sil: { ipa: 'ʔ', arpabet: 'SIL SP SPN PAU Q', weight: 1 },
  PP: { ipa: 'p b m ɓ', arpabet: 'P B M EM', weight: 0.95 },
  FF: { ipa: 'f v ɱ ʋ ɸ β', arpabet: 'F V', weight: 0.9 },
  TH: { ipa: 'θ ð', arpabet: 'TH DH', weight: 0.8 },
  DD: { ipa: 't d ʈ ɖ ɗ ɾ', arpabet: 'T D DX', weight: 0.7 },
  kk: { ipa: 'k ɡ g q ɢ x ɣ χ ʁ h ɦ ħ ŋ c ɟ', arpabet: 'K G HH NG', weight: 0.6 },
  CH: { ipa: 'ʃ ʒ tʃ dʒ t͡ʃ d͡ʒ ʧ ʤ ɕ ʑ ʂ ʐ tɕ ç', arpabet: 'CH JH SH ZH', weight: 0.85 },
  SS: { ipa: 's z ts dz t͡s', arpabet: 'S Z', weight: 0.75 },
  nn: { ipa: 'n l ɫ ɲ ʎ ɳ ɭ ɬ', arpabet: 'N L EN EL NX', weight: 0.6 },
  RR: { ipa: 'r ɹ ɻ ʀ ɚ ɝ ɜ', arpabet: 'R ER AXR', weight: 0.7 },
  aa: { ipa: 'a ɑ ɒ ʌ ɐ æ ä aɪ aʊ', arpabet: 'AA AE AH AY AW', weight: 0.9 },
  E: { ipa: 'e ɛ ə ɘ eɪ ɛə œ ø', arpabet: 'EH EY AX', weight: 0.8 },
  I: { ipa: 'i ɪ ɨ j y ʏ', arpabet: 'IH IY IX Y', weight: 0.75 },
  O: { ipa: 'o ɔ oʊ əʊ ɔɪ ɤ', arpabet: 'AO OW OY', weight: 0.9 },
  U: { ipa: 'u ʊ ɯ ʉ w ʍ ɥ', arpabet: 'UH UW W UX WH', weight: 0.85 },
};

const shapes = new Map<string, Viseme>();
const visemeNames = Object.keys(table) as Viseme[];
for (const viseme of visemeNames) {
  const { ipa, arpabet } = table[viseme];
  for (const symbol of [...ipa.split(' '), ...arpabet.split(' ')]) shapes.set(symbol, viseme);
}

/** The mouth for one phoneme. An unknown one looks like speech rather than like silence. */
export function visemeOf(phoneme: string): Viseme {
  if (/^(?:[\s_#|.,<-]|$)/u.test(phoneme)) return 'sil';
  const upper = /^([A-Z]{1,3})[0-2]?$/u.exec(phoneme)?.[1];
  // Only in capitals is it ARPAbet: "B" and "b" agree, but "TH" and "th" would not.
  const known = upper === undefined ? undefined : shapes.get(upper);
  if (known) return known;
  const bare = phoneme
    .normalize('NFD')
    .replace(/[\p{M}\p{Lm}ˈˌːˑ'"\d]/gu, '')
    .toLowerCase();
  // Diphthongs and affricates by both letters, else by the first.
  return shapes.get(bare) ?? shapes.get(bare.slice(0, 2)) ?? shapes.get(bare.slice(0, 1)) ?? 'E';
}

/**
 * The mouth for a chunk of sound heard from `at` on (the `performance.now()` clock), shut at its
 * end; the next chunk's cues come after that.
 */
export function cuesOf(
  phonemes: readonly TimedPhoneme[],
  at: number,
  durationMs: number,
): VisemeCue[] {
  const cues: VisemeCue[] = [];
  for (const { phoneme = '', startOffsetS = 0 } of phonemes) {
    const offset = startOffsetS * 1000;
    if (!(offset >= 0 && offset <= durationMs)) continue;
    const viseme = visemeOf(phoneme);
    cues.push({ viseme, at: at + offset, weight: table[viseme].weight });
  }
  cues.sort((a, b) => a.at - b.at);
  cues.push({ viseme: 'sil', at: at + durationMs, weight: 1 });
  return cues;
}
