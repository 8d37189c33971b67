const kept = new Map<string, Intl.Segmenter>();

/** The browser's segmenter for a language. A tag nobody knows (pages write what they like) falls back to the root. */
export function segmenter(
  language: string | null,
  granularity: 'word' | 'sentence',
): Intl.Segmenter {
  const key = `${granularity} ${language ?? ''}`;
  const made = kept.get(key) ?? make(language, granularity);
  kept.set(key, made);
  return made;
}

function make(language: string | null, granularity: 'word' | 'sentence'): Intl.Segmenter {
  return new Intl.Segmenter(isLanguage(language) ? language : 'en', { granularity });
}

function isLanguage(tag: string | null): tag is string {
  try {
    return tag !== null && Intl.getCanonicalLocales(tag).length === 1;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}
