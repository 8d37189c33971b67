const kept = new Map<string, Intl.Segmenter>();

/**
 * The browser's segmenter for a language, made once. BCP 47 as pages write it: a tag nobody knows
 * reads as English.
 */
export function segmenter(
  language: string | null,
  granularity: 'grapheme' | 'word' | 'sentence',
): Intl.Segmenter {
  const key = `${granularity} ${language ?? ''}`;
  const known = kept.get(key);
  if (known) return known;
  const made = new Intl.Segmenter(isLanguage(language) ? language : 'en', { granularity });
  kept.set(key, made);
  return made;
}

function isLanguage(tag: string | null): tag is string {
  try {
    return tag !== null && Intl.getCanonicalLocales(tag).length === 1;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}
