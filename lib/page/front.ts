import { browser } from '@/lib/browser';
import { sites } from '@/lib/settings';

export interface FrontListener {
  /** Something changed that may change what is seen. Comes in storms. */
  readonly changed: () => void;
  /** The tab left its page, or the page its address. The new one, where we may know it. */
  readonly went: (tabId: number, url: string | null) => void;
  /** What could not be read before may be readable now. */
  readonly opened: () => void;
}

/** Tells of everything that may change what is in front of a window. @returns how to stop. */
export function onFront(windowId: number, { changed, went, opened }: FrontListener): () => void {
  type Updated = Parameters<Parameters<typeof browser.tabs.onUpdated.addListener>[0]>;
  const activated = (tab: { windowId: number }) => {
    if (tab.windowId === windowId) changed();
  };
  const updated = (...[tabId, change, tab]: Updated) => {
    if (tab.windowId !== windowId) return;
    if (change.status === 'loading' || change.url !== undefined) went(tabId, change.url ?? null);
    if (change.status === 'complete') opened();
    changed();
  };
  const granted = () => {
    opened();
    changed();
  };
  const { tabs, permissions } = browser;
  tabs.onActivated.addListener(activated);
  tabs.onUpdated.addListener(updated);
  for (const event of [tabs.onRemoved, tabs.onAttached, tabs.onDetached])
    event.addListener(changed);
  // A page prepared beforehand takes its place in the tab under a new number.
  tabs.onReplaced?.addListener(changed);
  permissions.onAdded.addListener(granted);
  permissions.onRemoved.addListener(granted);
  const stopRules = sites.watch(changed);
  return () => {
    tabs.onActivated.removeListener(activated);
    tabs.onUpdated.removeListener(updated);
    for (const event of [tabs.onRemoved, tabs.onAttached, tabs.onDetached]) {
      event.removeListener(changed);
    }
    tabs.onReplaced?.removeListener(changed);
    permissions.onAdded.removeListener(granted);
    permissions.onRemoved.removeListener(granted);
    stopRules();
  };
}
