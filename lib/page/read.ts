import { Readability } from '@mozilla/readability';
import type { FrameReading } from '@/lib/messages';
import { copyVisible } from '@/lib/page/copy';
import { designModeOf, languageOf, titleOf, typeOf } from '@/lib/page/dom';
import { fit, lengthOf, sectionsOf } from '@/lib/page/sections';
import { readSelection } from '@/lib/page/selection';
import type { PageSection } from '@/lib/page/page';

/** Reads this frame: all that may be known of it, as it can be seen now. */
export function readFrame(): FrameReading {
  const pdf = typeOf(document) === 'application/pdf';
  const { sections, omitted } = pdf || !isSeen() ? { sections: [], omitted: 0 } : readText();
  return {
    url: location.href,
    title: titleOf(document).slice(0, 1_000),
    language: languageOf(),
    pdf,
    selection: readSelection(),
    sections,
    omitted,
  };
}

function readText(): Pick<FrameReading, 'sections' | 'omitted'> {
  const copy = copyVisible();
  // Before Readability, which takes its document apart.
  const all = withoutNoise(copy.document);
  const article = articleIn(copy.document);
  const isArticle = sizeOf(article) >= Math.max(400, sizeOf(all) * 0.15);
  const { sections, omitted } = fit(isArticle ? article : all);
  return { sections, omitted: omitted + copy.omitted };
}

/** Everything that can be seen but what leads around the site. */
function withoutNoise(copy: Document): PageSection[] {
  const noise =
    'nav,footer,aside,button,[role=navigation],[role=banner],[role=contentinfo],[role=complementary],[role=search]';
  const body = copy.body.cloneNode(true);
  if (body instanceof Element) for (const part of body.querySelectorAll(noise)) part.remove();
  const sections = sectionsOf(body);
  return sections.length > 0 ? sections : sectionsOf(copy.body);
}

function articleIn(copy: Document): PageSection[] {
  // Readability keeps what leads to the next chapter where it stands in the article.
  for (const lead of copy.querySelectorAll('nav,[role=navigation]')) lead.remove();
  const found = new Readability<Node>(copy, {
    disableJSONLD: true,
    serializer: (node) => node,
  }).parse();
  return found?.content ? sectionsOf(found.content) : [];
}

const sizeOf = (sections: readonly PageSection[]) =>
  sections.reduce((sum, section) => sum + lengthOf(section), 0);

/** A frame too small to hold a sentence, or hidden by the page around it, shows nothing. */
function isSeen(): boolean {
  if (designModeOf(document) === 'on') return false;
  if (window === top) return true;
  return innerWidth >= 50 && innerHeight >= 20 && (frameElement?.checkVisibility() ?? true);
}
