/** Nobody can say one. Bare digits, `#` and `*` stay; so do the spaces around what is removed. */
export function withoutEmoji(text: string): string {
  return text.replace(emoji, '');
}

const emoji =
  /[\d#*]\uFE0F?\u20E3|\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:[\u{E0020}-\u{E007F}]+)?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*/gu;
