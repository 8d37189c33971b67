import { signal, type ReadonlySignal } from '@preact/signals';
import { browser } from '@/lib/browser';
import { accessTo, isWatched } from '@/lib/page/access';
import { isSamePage, originOf } from '@/lib/page/address';
import { coalesce } from '@/lib/page/coalesce';
import { createEar } from '@/lib/page/ear';
import { onFront } from '@/lib/page/front';
import type { PageSelection } from '@/lib/page/page';
import { see, type FrontTab, type Known, type PageSight } from '@/lib/page/see';
import { capped, limitOf, readPolicy, ruled, watchPolicy, type Cap } from '@/lib/policy';
import { newSite, sites } from '@/lib/settings';

/** Follows what is in front of a window: its tab, the site's rule and grant, the words selected. */
export interface Eyes {
  readonly sight: ReadonlySignal<PageSight>;
  /** Looks now. */
  look(): Promise<PageSight>;
  /** Looks now, and gives a page that has just been called a moment to answer. */
  lookAndListen(): Promise<PageSight>;
  /** What a look would give; null where something changed since the last one, or is yet to come. */
  known(): PageSight | null;
  /** Whether the marked words were chosen in our menu. */
  isOffered(): boolean;
  /** Whether the page tells us what is selected, so that its silence means nothing is. */
  isHeard(): boolean;
  /** Notes what trying to read the page taught. */
  bar(why: 'refused' | 'pdf'): void;
  invited(tabId: number): Promise<void>;
  offer(words: string, tabId: number): void;
  dismiss(): void;
  dispose(): void;
}

/** Between two looks in a storm of navigations, in milliseconds: five a second at most. */
const pause = 200;
const longestSelection = 2_000;

/** What one page told us; forgotten when the tab shows another. */
type Told = Pick<Known, 'barred' | 'language' | 'selection'>;
const untold: Told = { barred: null, language: null, selection: null };

/** @param cap - what the operator of the avatar lets it know. */
export function createEyes(windowId: number, cap: ReadonlySignal<Cap | null>): Eyes {
  const sight = signal<PageSight>({ kind: 'none' });
  const invitedTabs = new Set<number>();
  let tab: FrontTab | null = null;
  let looked: Pick<Known, 'access' | 'rule' | 'filesAllowed' | 'limit'> = {
    access: 'asked',
    rule: newSite,
    filesAllowed: false,
    limit: null,
  };
  /** Something changed since we looked, or we never did. */
  let isStale = true;
  let told = untold;
  let offered: { readonly tabId: number; readonly selection: PageSelection } | null = null;

  /** To choose words is to share them, unless an organisation forbids even that. */
  const offeredHere = () => {
    const mayOffer = isWatched(looked.limit?.highest ?? 'page');
    return mayOffer && offered?.tabId === tab?.id ? (offered?.selection ?? null) : null;
  };

  /** Puts together all that is known now. */
  function publish(): void {
    const own = isWatched(looked.rule.rung) ? told.selection : null;
    const isInvited = tab?.id !== undefined && invitedTabs.has(tab.id);
    const next = see(tab, { ...told, ...looked, isInvited, selection: offeredHere() ?? own });
    if (JSON.stringify(next) !== JSON.stringify(sight.peek())) sight.value = next;
  }

  const look = coalesce(async () => {
    isStale = false;
    await lookNow().catch((thrown: unknown) => {
      isStale = true;
      throw thrown;
    });
  }, pause);

  async function lookNow(): Promise<void> {
    // A window that is just being closed has no tab in front, or is not there at all.
    const [front = null] = await browser.tabs.query({ active: true, windowId }).catch(() => []);
    const url = front?.url ?? '';
    const origin = originOf(url) ?? '';
    const [rules, policy, access, filesAllowed] = await Promise.all([
      sites.get(),
      readPolicy(),
      accessTo(origin),
      url.startsWith('file:') && browser.extension.isAllowedFileSchemeAccess(),
    ]);
    if (front?.id !== tab?.id) told = untold;
    tab = front;
    const limit = capped(limitOf(policy, url), cap.peek());
    const rule = ruled(rules[origin] ?? newSite, limit);
    looked = { access: access ?? 'asked', rule, filesAllowed, limit };
    publish();
    const seen = sight.peek();
    const isOpen = seen.kind === 'page' && isWatched(seen.rule.rung);
    ear.listenTo(isOpen ? seen.tabId : null);
  }

  const ear = createEar({
    told(message) {
      if (message.type === 'hello') {
        told = { ...told, language: message.language, barred: message.pdf ? 'pdf' : null };
      } else {
        offered = null;
        told = { ...told, selection: message.selection };
      }
      publish();
    },
    lost() {
      told = untold;
      publish();
      look.soon();
    },
    refused: (tabId) => void refused(tabId, tab?.url),
  });

  /** A page that is on its way out refuses too; only one that stays is barred. */
  async function refused(tabId: number, url: string | undefined): Promise<void> {
    await look.now();
    if (tab?.id === tabId && tab.url === url) bar('refused');
  }

  function bar(why: 'refused' | 'pdf'): void {
    told = { ...told, barred: why };
    publish();
  }

  function unbar(): void {
    if (told.barred === 'refused') told = { ...told, barred: null };
    ear.tryAgain();
  }

  function stir(): void {
    isStale = true;
    look.soon();
  }

  const unwatch = watchPolicy(stir);
  // Called once by itself: then it is the first look.
  const uncap = cap.subscribe(stir);
  const stop = onFront(windowId, {
    changed: stir,
    opened: unbar,
    went(tabId, url) {
      const isHere = tabId === tab?.id;
      const stays = isHere && url !== null && isSamePage(url, tab?.url ?? '');
      if (stays) return;
      invitedTabs.delete(tabId);
      if (offered?.tabId === tabId) offered = null;
      if (isHere) unbar();
    },
  });

  return {
    sight,
    isOffered: () => offeredHere() !== null,
    isHeard: () => ear.isHeard(),
    bar,
    async look() {
      await look.now();
      return sight.peek();
    },
    known: () => (isStale || !ear.isSettled() ? null : sight.peek()),
    async lookAndListen() {
      await look.now();
      await ear.settled();
      return sight.peek();
    },
    async invited(tabId) {
      invitedTabs.add(tabId);
      unbar();
      await look.now();
    },
    offer(words, tabId) {
      const text = words.trim().slice(0, longestSelection);
      invitedTabs.add(tabId);
      // The page may have told the same words already, and what stands around them.
      if (text === '' || fold(told.selection?.text) === fold(text)) return;
      offered = { tabId, selection: { text, before: '', after: '' } };
      publish();
    },
    dismiss() {
      offered = null;
      told = { ...told, selection: null };
      publish();
    },
    dispose() {
      stop();
      uncap();
      unwatch();
      look.dispose();
      ear.listenTo(null);
    },
  };
}

const fold = (text = '') => text.replace(/\s+/gu, ' ');
