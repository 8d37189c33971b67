import { hostOf, trimAddress } from '@/lib/page/address';
import type { PageContext, PageSelection, PageStamp, PageText } from '@/lib/page/page';
import type { SiteRule } from '@/lib/settings';

/** What goes with a question, and the note of which page that was. */
export interface Shared {
  readonly context: PageContext | null;
  readonly stamp: PageStamp | null;
}

export const nothingShared: Shared = { context: null, stamp: null };

export interface Found {
  readonly url: string;
  readonly title: string;
  readonly icon: string | null;
  readonly language: string | null;
  readonly selection: PageSelection | null;
  /** Whether the reader chose the words in our menu. That is asking, whatever the rung. */
  readonly isOffered: boolean;
  readonly text: PageText | null;
}

/** Takes out of what was found all that the site's rule forbids. */
export function shareable(found: Found, { rung, keepQuery }: SiteRule): Shared {
  const { title, icon, isOffered } = found;
  const isWatched = rung === 'selection' || rung === 'page';
  const selection = isOffered || isWatched ? found.selection : null;
  // The address is the browser's word; the language the page states is the page's.
  const language = isWatched ? found.language : null;
  if (rung === 'nothing') {
    if (selection === null) return nothingShared;
    const nameless = { url: '', title: '', language: null, selection, text: null };
    return { context: nameless, stamp: null };
  }
  const url = trimAddress(found.url, keepQuery);
  const text = rung === 'page' ? found.text : null;
  return {
    context: { url, title, language, selection, text },
    stamp: { url, title, host: hostOf(found.url), rung, icon },
  };
}
