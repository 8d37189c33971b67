import type { Show, Shown } from '@/lib/messages';
import type { Panel } from '@/lib/page/answer';
import { scopeOf } from '@/lib/page/dom';
import { find } from '@/lib/page/find';
import { scrollTo } from '@/lib/page/scroll';

/** What the mark is called in `CSS.highlights`. */
const name = 'visavis';
/** As a marker pen does on paper, on dark pages too. */
const colours = `::highlight(${name}) { background-color: #ffe3a3; color: #1d1b18; }`;

/** Marks what a panel asks to see, the last passage only. @returns how to take the mark away. */
export function markPassages(panel: Panel<Show, Shown>): () => void {
  // Adopted rather than written into the page, where its content security policy might forbid it.
  // Not given by the panel either: Chromium paints no `::highlight` of the reader's own style.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(colours);
  const dressed = new Set<DocumentOrShadowRoot>();
  const undress = () => {
    CSS.highlights.delete(name);
    for (const scope of dressed) {
      scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((worn) => worn !== sheet);
    }
    dressed.clear();
  };
  panel.onMessage(({ text }) => {
    undress();
    const ranges = find(text);
    for (const { startContainer } of ranges) {
      const scope = scopeOf(startContainer);
      if (!(scope instanceof Document || scope instanceof ShadowRoot) || dressed.has(scope))
        continue;
      scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
      dressed.add(scope);
    }
    CSS.highlights.set(name, new Highlight(...ranges));
    const [first] = ranges;
    if (first) scrollTo(first);
    panel.post({ type: 'shown', found: first !== undefined });
  });
  return undress;
}
