import type { PageContext, PageSection } from '@/lib/page/page';

/** A page as its reader would hand it over. Sections as `[level, heading, paragraphs]`. */
export function pageOf(
  url: string,
  title: string,
  language: string | null,
  sections: readonly (readonly [number, string | null, readonly string[]])[],
): PageContext {
  const built = sections.map(([level, heading, paragraphs]): PageSection => ({
    heading,
    level,
    text: paragraphs.join('\n\n'),
  }));
  const length = built.reduce((sum, one) => sum + one.text.length + (one.heading?.length ?? 0), 0);
  const text = { sections: built, length, omitted: 0 };
  return { url, title, language, selection: null, text };
}

/** The same page with words marked, as far as a rung lets them be seen. */
export function marking(page: PageContext, text: string, rung: 'selection' | 'page'): PageContext {
  const whole = folded(page);
  const at = whole.indexOf(text);
  const selection = {
    text,
    before: at < 0 ? '' : whole.slice(Math.max(0, at - 300), at),
    after: at < 0 ? '' : whole.slice(at + text.length, at + text.length + 300),
  };
  return { ...page, selection, text: rung === 'page' ? page.text : null };
}

/** All of the page's words with white space folded, as its finder sees them. */
export function folded(page: PageContext): string {
  const parts = page.text?.sections.flatMap(({ heading, text }) => [heading ?? '', text]) ?? [];
  return parts.join(' ').replace(/\s+/gu, ' ').trim();
}
