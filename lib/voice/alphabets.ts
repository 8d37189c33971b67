import type { Viseme } from '@/lib/face/cue';
import type { Sound } from '@/lib/voice/sounds';

/**
 * Letters to mouth shapes where spelling is near enough to sound: most of Latin outside English,
 * Cyrillic and Greek. Expects lower case, composed (NFC).
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
export function isLetter(letter: string): boolean {
  return single(letter.toLowerCase().normalize('NFC')).length > 0;
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
  ...spell(['CH'], 'tsch sch ch sh cz sz dž'),
  ...spell(['nn'], 'ng gn'),
  ...spell(['O'], 'eau'),
  ...spell(['I'], 'ie ει οι'),
  ...spell(['U'], 'ου'),
  ...spell(['E'], 'αι'),
  ...spell(['PP'], 'μπ'),
  ...spell(['FF'], 'ph'),
  ...spell(['DD'], 'th ντ'),
  ...spell(['kk', 'U'], 'qu'),
};

/** One row a shape. */
const rows: readonly (readonly [readonly Viseme[], string])[] = [
  [['aa'], 'aàâãáаяαά'],
  [['E'], 'eäæəеэєεέ'],
  [['I'], 'iyıjиійыїјηήιίυύϊϋ'],
  [['O'], 'oåøœоёοόωώö'],
  [['U'], 'uüůуюў'],
  [['PP'], 'bpmбпмμπ'],
  [['FF'], 'fvwвфβφ'],
  [['TH'], 'þðθδ'],
  [['DD'], 'dtđдтτ'],
  [['kk'], 'cgkqhгкхґγκχ'],
  [['kk', 'SS'], 'xξ'],
  [['PP', 'SS'], 'ψ'],
  [['CH'], 'çčšžşśźćжчшщћђџ'],
  [['SS'], 'szßсзцζσς'],
  [['nn'], 'lnñłлнљњλν'],
  [['RR'], 'rřрρ'],
];
const alone = new Map(
  rows.flatMap(([shapes, letters]) => Array.from(letters, (letter) => [letter, shapes] as const)),
);

function spell(shapes: readonly Viseme[], spellings: string) {
  return Object.fromEntries(spellings.split(' ').map((spelling) => [spelling, shapes]));
}
