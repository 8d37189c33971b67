/** Characters; more is no question. */
const longest = 2_000;

/**
 * What a recogniser has understood: words, and nothing else. Some services bring markup; of a whole
 * page, as a gateway's that has failed, nobody has said a word.
 */
export function plain(text: string): string {
  if (/^\s*<(?:!doctype|html)\b/iu.test(text)) return '';
  return text
    .replace(/<(script|style)\b.*?<\/\1\s*>/gisu, ' ')
    .replace(/<[^<>]*>/gu, ' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);
}
