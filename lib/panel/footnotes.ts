import type { Quote } from '@/lib/page/page';

/** A footnote mark within a text, numbered from 1. */
export interface Mark {
  readonly number: number;
  readonly quote: Quote;
}

/** The text cut at its footnotes: stretches of text and, between them, the marks in order. */
export function parts(text: string, quotes: readonly Quote[]): (string | Mark)[] {
  const found: (string | Mark)[] = [];
  let from = 0;
  for (const [index, quote] of quotes.toSorted((a, b) => a.at - b.at).entries()) {
    const at = Math.min(Math.max(quote.at, from), text.length);
    if (at > from) found.push(text.slice(from, at));
    found.push({ number: index + 1, quote });
    from = at;
  }
  if (from < text.length) found.push(text.slice(from));
  return found;
}
