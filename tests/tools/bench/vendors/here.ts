import type { PageContext } from '@/lib/page/page';

/** The page this script stands in, read now, as far as a maker may be told of it. */
export function pageHere(): PageContext {
  const text = document.querySelector('main')?.innerText ?? '';
  const { href: url } = location;
  const sections = [{ heading: null, level: 0, text }];
  return {
    url,
    title: document.title,
    language: document.documentElement.lang,
    selection: null,
    text: text === '' ? null : { sections, length: text.length, omitted: 0 },
  };
}
