import { hostOf, unreadable, type Unreadable } from '@/lib/page/address';
import type { PageSelection } from '@/lib/page/page';
import type { Limit } from '@/lib/policy';
import type { SiteRule } from '@/lib/settings';

/** What the panel sees of the tab in front of its window. */
export type PageSight =
  /** No tab in front. */
  | { readonly kind: 'none' }
  /** Nobody gave us this tab: not even its address is known. */
  | { readonly kind: 'unasked'; readonly tabId: number }
  /** A page nobody may read. The menu's selection still comes through. */
  | {
      readonly kind: 'unreadable';
      readonly tabId: number;
      readonly why: Unreadable;
      readonly url: string;
      readonly title: string;
      readonly host: string;
      readonly selection: PageSelection | null;
    }
  | {
      readonly kind: 'page';
      readonly tabId: number;
      readonly url: string;
      readonly title: string;
      /** A `data:` or `https:` address. */
      readonly icon: string | null;
      /** How we came to see it: called by the reader, or following. */
      readonly access: 'asked' | 'site' | 'everywhere';
      readonly rule: SiteRule;
      /** What an organisation decided about it; absent where none did. */
      readonly limit?: Limit;
      readonly language: string | null;
      readonly selection: PageSelection | null;
    };

/** A tab as `tabs.query` tells it; the browser leaves out what we may not know. */
export interface FrontTab {
  readonly id?: number | undefined;
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly favIconUrl?: string | undefined;
  readonly incognito: boolean;
}

/** What is known besides. */
export interface Known {
  readonly access: 'asked' | 'site' | 'everywhere';
  readonly rule: SiteRule;
  readonly limit?: Limit | null;
  /** The reader let us read files, on the browser's own page. */
  readonly filesAllowed: boolean;
  /** The reader called us from this tab. */
  readonly isInvited: boolean;
  /** What trying taught: the browser would not let us in, or its viewer stands there. */
  readonly barred: 'refused' | 'pdf' | null;
  readonly language: string | null;
  readonly selection: PageSelection | null;
}

/** What that makes, all in all. */
export function see(tab: FrontTab | null, known: Known): PageSight {
  if (tab?.id === undefined) return { kind: 'none' };
  const { id: tabId, url = '', title = '', favIconUrl = '' } = tab;
  if (tab.incognito) {
    const nothing = { url: '', title: '', host: '', selection: null };
    return { kind: 'unreadable', tabId, why: 'private', ...nothing };
  }
  // The browser keeps even the address from us, though the reader called: it is a page of its own.
  if (url === '' && !known.isInvited) return { kind: 'unasked', tabId };
  const { access, rule, limit, language, selection } = known;
  const why = unreadable(url, known.filesAllowed) ?? known.barred;
  if (why) return { kind: 'unreadable', tabId, why, url, title, host: hostOf(url), selection };
  const icon = /^(?:data|https):/u.test(favIconUrl) ? favIconUrl : null;
  const seen = {
    kind: 'page' as const,
    tabId,
    url,
    title,
    icon,
    access,
    rule,
    language,
    selection,
  };
  return limit ? { ...seen, limit } : seen;
}
