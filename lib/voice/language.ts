/** A tag taken apart far enough to compare a text's language with a voice's. */
export interface Tongue {
  /** Lower case, old and collective codes made one: `iw` is `he`, `cmn` is `zh`, `nb` is `no`. */
  readonly base: string;
  /** Four letters, title case; null where the tag names none. */
  readonly script: string | null;
  /** Upper case letters or three digits; null where the tag names none. */
  readonly region: string | null;
  /** Subtags beyond these: dialects and private extensions. */
  readonly extras: number;
}

/**
 * By string, not by `Intl.Locale`: it is asked for every one of 13,000 voices, and Android writes
 * `en_US`, speech-dispatcher `en-GB-X-RP`.
 */
export function tongueOf(tag: string): Tongue {
  const [first = '', ...rest] = tag.trim().split(/[-_]/u);
  const lower = first.toLowerCase();
  const extension = rest.findIndex((part) => part.length === 1);
  const named = extension < 0 ? rest : rest.slice(0, extension);
  const script = named.find((part) => /^[a-z]{4}$/iu.test(part));
  const region = named.find((part) => /^(?:[a-z]{2}|\d{3})$/iu.test(part));
  return {
    base: sameLanguage[lower] ?? lower,
    script: script ? script.charAt(0).toUpperCase() + script.slice(1).toLowerCase() : null,
    // Cantonese: `yue` for speech-dispatcher, `zh-HK` for macOS and Windows.
    region: region?.toUpperCase() ?? (lower === 'yue' ? 'HK' : null),
    extras: rest.length - (script ? 1 : 0) - (region ? 1 : 0),
  };
}

/** The region a language is most spoken in, `en` → `US`; null where nobody knows. */
export function likelyRegion(tag: string): string | null {
  try {
    return new Intl.Locale(tag).maximize().region ?? null;
  } catch {
    return null;
  }
}

const sameLanguage: Readonly<Record<string, string>> = {
  cmn: 'zh',
  yue: 'zh',
  nb: 'no',
  nn: 'no',
  iw: 'he',
  in: 'id',
  tl: 'fil',
  mo: 'ro',
};
