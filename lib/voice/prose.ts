/** A text as it is spoken, every character with the place it came from. */
export interface Prose {
  /** White space is folded to one space; `\n` stands where a sentence has to end. */
  readonly text: string;
  /** By UTF-16 index of `text`, the index in the original. Strictly ascending. */
  readonly origin: readonly number[];
}

/**
 * What a person would read aloud: no addresses, code, markup, footnote marks, emoji or invisible
 * characters. Nothing is added or reordered, so that captions can follow word by word.
 */
export function proseOf(original: string): Prose {
  const masked = notProse.reduce((text, [pattern, mask]) => text.replace(pattern, mask), original);
  const characters: string[] = [];
  const origin: number[] = [];
  for (const { 0: stretch, index } of masked.matchAll(/[\s\0]+|[^\s\0]+/gu)) {
    if (/[^\s\0]/u.test(stretch)) {
      for (let i = 0; i < stretch.length; i += 1) {
        characters.push(stretch.charAt(i));
        origin.push(index + i);
      }
      continue;
    }
    // Only removed marks in here: the letters on both sides belong together.
    if (!/\s/u.test(stretch)) continue;
    characters.push(/\u2029|\n[^\n]*\n/u.test(stretch) ? '\n' : ' ');
    origin.push(index + stretch.search(/\s/u));
  }
  return { text: characters.join(''), origin };
}

type Mask = (match: string, ...groups: string[]) => string;

/** Every mask is as long as what it hides, which keeps each character at its place. */
const gone: Mask = (match) => '\0'.repeat(match.length);
/** A gap between words. Line ends stay, as two of them end a sentence. */
const gap: Mask = (match) => match.replace(/[^\n]/gu, ({ length }) => ' '.repeat(length));
const sentenceEnd: Mask = (match) => '\u2029'.repeat(match.length);
const fill = (match: string) => ' '.repeat(match.length);

const notProse: readonly (readonly [RegExp, Mask])[] = [
  // Invisible: controls, direction marks, zero width, unpaired surrogates, private use, our own marks.
  // Not the joiners, which Persian and Hindi need, nor what emoji are joined by: those go below.
  [/(?![\n\t\r]|\u200C|\u200D|[\u{E0020}-\u{E007F}])[\p{C}\u2028\u2029\uFFFD]/gu, gone],
  // Marks piled on one letter: no language needs more than a few.
  [/(?<=\p{M}{6})\p{M}+/gu, gone],
  // Fenced code, to its end or the end of the text.
  [/^[ \t]*(```|~~~)(?:(?!^[ \t]*\1)[^])*(?:^[ \t]*\1[^\n]*|$)/gmu, codeBlock],
  // Code in a line: a plain word is part of the sentence, anything else is not.
  [
    /`+([^`\n]+)`+/gu,
    (match, code = '') => (/^[\p{L}\p{N} '-]+$/u.test(code) ? match : fill(match)),
  ],
  [/!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)/gu, gap],
  [
    /\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)/gu,
    (match, label = '') => `\0${label}${'\0'.repeat(match.length - label.length - 1)}`,
  ],
  // A footnote's mark: [1], [^2], [a], [citation needed].
  [/\[(?:\^?\d{1,3}|[a-z*]|\^[^\]\s]{1,30}|citation needed|note \d{1,3})\]/giu, gone],
  // An address, without the full stop of its sentence.
  [
    /<?\b(?:[a-z][a-z\d+.-]{1,20}:\/\/|www\.|mailto:)[^\s<>]*[^\s<>.,;:!?)\]}'"”’»。，、）」]>?/giu,
    gap,
  ],
  [/<!--[^]{0,5000}?-->|<\/?[a-z][^<>\n]{0,500}>/giu, gap],
  // A table's rule, or a line drawn across.
  [/^[ \t]*[-=*_|:+~][-=*_|:+~ \t]{2,}$/gmu, sentenceEnd],
  // Headings, quotations, list items and table rows: their mark is silent, their line is a sentence.
  [
    /^([ \t]*(?:#{1,6}[ \t]|>|\||[-*+•‣◦▪–][ \t]|\d{1,2}[.)][ \t])[ \t>]*)([^\n]*)(\n?)/gmu,
    (_, mark = '', line = '', end = '') => sentenceEnd(mark) + line + sentenceEnd(end),
  ],
  [/\|/gu, gap],
  // Emphasis and escapes.
  [/\*+|~~+|`+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|\\(?=[\p{P}\p{S}])/gu, gone],
  [/_/gu, gap],
  // Raised footnote numbers; a unit's (m², km³) stand after fewer letters.
  [/(?<=\p{L}{4}|[\p{P}])[⁰¹²³⁴-⁹]+|[†‡]/gu, gone],
  // Emoji with all that joins and colours them, arrows, boxes and dingbats.
  [
    /(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u{FE0F}\u{20E3}\u{E0020}-\u{E007F}]\u200D?)+|[←-⇿─-◿✀-➿⟰-⟿⤀-⥿⬀-⯿]/gu,
    gap,
  ],
];

function codeBlock(match: string): string {
  return sentenceEnd(match);
}
