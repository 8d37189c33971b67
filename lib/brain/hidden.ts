/**
 * Text without characters nobody sees: controls, direction overrides, zero-width and tag characters. They can
 * smuggle words past a reader or turn an answer's own line around. Line ends and tabs stay; so do the joiners
 * that Persian, Indic scripts and emoji are written with, where they stand inside a word or an emoji.
 */
export function stripHidden(text: string): string {
  return text.replace(hidden, '').replace(looseJoiner, '');
}

const hidden =
  /(?![\t\n\r\u200C\u200D])(?:[\p{Cc}\p{Cs}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|\u17B4|\u17B5|[\u{E0000}-\u{E007F}])/gu;
const looseJoiner =
  /[\u200C\u200D](?![\p{L}\p{M}\p{Extended_Pictographic}])|(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]/gu;
