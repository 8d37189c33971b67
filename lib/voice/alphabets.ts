import type { Viseme } from '@/lib/face/cue';
import type { Sound } from '@/lib/voice/sounds';

/**
 * Letters to mouth shapes where spelling is near enough to sound: most of Latin outside English,
 * Cyrillic, Greek, and Hangul taken apart. Expects lower case, composed (NFC).
 */
export function soundsOfLetters(letters: string): Sound[] {
  const sounds: Sound[] = [];
  let at = 0;
  while (at < letters.length) {
    const known = [4, 3, 2].map((n) => letters.slice(at, at + n)).find((part) => part in together);
    const letter = known ?? String.fromCodePoint(letters.codePointAt(at) ?? 0);
    for (const viseme of together[letter] ?? single(letter)) sounds.push(soundOf(viseme));
    at += letter.length;
  }
  // A doubled letter is one, held.
  return sounds.filter((sound, i) => sound.viseme !== sounds[i - 1]?.viseme);
}

/** Whether `letter` is in these alphabets. */
export function letterOf(letter: string): boolean {
  return single(letter.toLowerCase().normalize('NFC')).length > 0;
}

/** Hangul syllables as letters of their own (jamo); everything else as it is. */
export function hangul(text: string): string {
  return text.replace(/[\uAC00-\uD7A3]/gu, (syllable) => syllable.normalize('NFD'));
}

/** Vowels about half as long again as consonants, as in running speech (Klatt 1976). */
function soundOf(viseme: Viseme): Sound {
  return open.has(viseme)
    ? { viseme, duration: 105, weight: 0.9 }
    : { viseme, duration: 65, weight: viseme === 'PP' || viseme === 'FF' ? 1 : 0.7 };
}

function single(letter: string): readonly Viseme[] {
  const known = alone.get(letter);
  if (known) return known;
  // A digit is a short word of which only its rhythm is known.
  if (/\p{N}/u.test(letter)) return ['DD', 'E', 'nn', 'O'];
  const bare = letter.normalize('NFD').charAt(0);
  return bare === letter ? [] : (alone.get(bare) ?? []);
}

const open: ReadonlySet<Viseme> = new Set<Viseme>(['aa', 'E', 'I', 'O', 'U']);

/** Letters that sound as one, longest first. */
const together: Readonly<Record<string, readonly Viseme[]>> = {
  tsch: ['CH'],
  sch: ['CH'],
  ch: ['CH'],
  sh: ['CH'],
  cz: ['CH'],
  sz: ['CH'],
  dž: ['CH'],
  ph: ['FF'],
  th: ['DD'],
  qu: ['kk', 'U'],
  ng: ['nn'],
  gn: ['nn'],
  eau: ['O'],
  eu: ['O', 'I'],
  ie: ['I'],
  ου: ['U'],
  μπ: ['PP'],
  ντ: ['DD'],
  αι: ['E'],
  ει: ['I'],
  οι: ['I'],
};

/** One row a shape. Hangul's letters come by their place in the word: first, vowel, last. */
const rows: readonly (readonly [readonly Viseme[], string])[] = [
  [['aa'], 'aàâãáаяαάᅡᅣ'],
  [['E'], 'eäæəеэєεέᅢᅤᅥᅦᅧᅨ'],
  [['I'], 'iyıjиійыїјηήιίυύϊϋᅴᅵ'],
  [['O'], 'oåøœоёοόωώöᅩᅬᅭ'],
  [['U'], 'uüůуюўᅮᅲᅳ'],
  [['U', 'aa'], 'ᅪᅯ'],
  [['U', 'E'], 'ᅫᅰ'],
  [['U', 'I'], 'ᅱ'],
  [['PP'], 'bpmбпмμπᄆᄇᄈᄑᆷᆸᇁᆹ'],
  [['FF'], 'fvwвфβφ'],
  [['TH'], 'þðθδ'],
  [['DD'], 'dtđдтτᄃᄄᄐᆮᇀᆺᆻᆽᆾ'],
  [['kk'], 'cgkqhгкхґγκχᄀᄁᄏᄒᆨᆩᆪᆿᇂᆼ'],
  [['kk', 'SS'], 'xξ'],
  [['PP', 'SS'], 'ψ'],
  [['CH'], 'çčšžşśźćжчшщћђџᄌᄍᄎ'],
  [['SS'], 'szßсзцζσςᄉᄊ'],
  [['nn'], 'lnñłлнљњλνᄂᆫᆬᆭᆯᆰᆲᆶ'],
  [['RR'], 'rřрρᄅ'],
];
const alone = new Map(
  rows.flatMap(([shapes, letters]) => Array.from(letters, (letter) => [letter, shapes] as const)),
);
