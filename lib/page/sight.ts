import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { trimAddress } from '@/lib/page/address';
import { shareable, type Shared } from '@/lib/page/context';
import { createEyes } from '@/lib/page/eyes';
import type { PageSelection, PageStamp, Quote } from '@/lib/page/page';
import type { Mark } from '@/lib/page/point';
import type { Preview } from '@/lib/page/preview';
import type { Reader, Reading } from '@/lib/page/reading';
import type { PageSight } from '@/lib/page/see';
import type { Cap } from '@/lib/policy';

export type { PageSight };

/** The page in front of one window, as far as the reader lets us see it. */
export interface PageWatch {
  readonly sight: ReadonlySignal<PageSight>;
  /** The words a question asked now would be about. */
  readonly marked: ReadonlySignal<PageSelection | null>;
  /** Resolves when `sight` has been looked at for the first time. */
  readonly ready: Promise<void>;
  /** The reader called us on this tab; we may see more of it than before. */
  invited(tabId: number): Promise<void>;
  /**
   * Words chosen in the menu, on any page. They count until the page selects others or goes, and
   * whatever the site's rung: to choose them is to share them.
   */
  offer(words: string, tabId: number): void;
  /** Lets go of the marked words, until others are selected. */
  dismiss(): void;
  /** A question is being typed: what reads the page is brought to it. It reads nothing yet. */
  prepare(): Promise<void>;
  /**
   * Reads the page in front now, as far as its rung goes. Rejects with `AppError`: `page_gone`
   * where its tab is closed meanwhile, `page_forbidden` where the browser does not let us in,
   * `page_unreadable` where nothing usable comes back in time.
   */
  read(): Promise<Reading>;
  /**
   * The page in front as far as it is known without reading it; null where it has to be looked at
   * first, or has no text to be read. What `read` gives may be of a page that came since.
   */
  standing(): Shared | null;
  /** What `read` would give, for a person. Nothing where it would fail: then nothing is sent. */
  preview(): Promise<Preview>;
  /** Marks a quoted sentence on the page it stands on; `elsewhere`: another page is in front. */
  show(quote: Pick<Quote, 'text'>, stamp: PageStamp): Promise<'shown' | 'not_found' | 'elsewhere'>;
  /** Takes the mark away. */
  clear(): void;
  dispose(): void;
}

interface PageWatchOptions {
  readonly windowId: number;
  /** What the operator of the avatar lets it know; null while it is Vis. */
  readonly cap?: ReadonlySignal<Cap | null>;
}

export function createPageWatch({ windowId, cap = signal(null) }: PageWatchOptions): PageWatch {
  const eyes = createEyes(windowId, cap);
  const { sight } = eyes;
  let mark: Mark | null = null;
  /** The last passage asked for; an earlier one still being looked for gives way to it. */
  let showing = {};

  let reader: Reader | null = null;
  const hands = () => import('@/lib/page/hands');
  const readerOf = async () => {
    const { createReader } = await hands();
    return (reader ??= createReader(eyes));
  };
  // On its way before this returns, wherever it can be: what is drawn of the question can wait.
  const read = () => reader?.read() ?? readerOf().then((loaded) => loaded.read());

  const clear = () => {
    showing = {};
    mark?.clear();
    mark = null;
  };

  return {
    sight,
    marked: computed(() => ('selection' in sight.value ? sight.value.selection : null)),
    ready: eyes.look().then(() => undefined),
    invited: (tabId) => eyes.invited(tabId),
    offer: (words, tabId) => eyes.offer(words, tabId),
    dismiss: () => eyes.dismiss(),
    prepare: async () => (await readerOf()).prepare(),
    read,
    standing() {
      const seen = eyes.known();
      if (seen?.kind !== 'page' || seen.rule.rung !== 'page' || !eyes.isHeard()) return null;
      return shareable({ ...seen, isOffered: eyes.isOffered(), text: null }, seen.rule);
    },
    async preview() {
      const [reading, { previewOf }] = await Promise.all([read().catch(() => null), hands()]);
      return previewOf(reading?.context ?? null);
    },
    async show({ text }, stamp) {
      clear();
      const mine = showing;
      const [seen, { point }] = await Promise.all([eyes.look(), hands()]);
      if (!isPageOf(seen, stamp)) return 'elsewhere';
      try {
        const made = await point(seen.tabId, text);
        if (mine === showing) mark = made;
        else made.clear();
        return made.found ? 'shown' : 'not_found';
      } catch {
        return isPageOf(await eyes.look(), stamp) ? 'not_found' : 'elsewhere';
      }
    },
    clear,
    dispose() {
      clear();
      eyes.dispose();
    },
  };
}

function isPageOf(seen: PageSight, stamp: PageStamp): seen is Extract<PageSight, { kind: 'page' }> {
  if (seen.kind !== 'page') return false;
  // Kept as the site's rule was then, with its query or without.
  return trimAddress(seen.url, stamp.url.includes('?')) === stamp.url;
}
