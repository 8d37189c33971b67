import { browser } from '@/lib/browser';

/**
 * Opens the panel of the tab's window. Call it first in a click, menu or command handler:
 * after anything awaited the browser no longer counts it as the reader's own gesture and refuses.
 */
export function openPanel(windowId: number): void {
  const opening = browser.sidebarAction?.open() ?? browser.sidePanel?.open({ windowId });
  if (opening) void opening.catch(() => openInWindow(windowId));
  else void openInWindow(windowId);
}

/**
 * The same page in a small window: for browsers without a side panel (Arc, some Operas).
 *
 * @param how - `take`: it takes the session over from the panel that opens it.
 */
export async function openInWindow(windowId: number, how?: 'take'): Promise<void> {
  const taking = how === 'take' ? '&take' : '';
  const url = browser.runtime.getURL(`/sidepanel.html?window=${windowId}${taking}`);
  await browser.windows.create({ url, type: 'popup', width: 400, height: 760 });
}

/** The window whose pages this panel is about: its own, or the one it was opened for. */
export async function readerWindow(search: string): Promise<number> {
  const named = Number(new URLSearchParams(search).get('window') ?? Number.NaN);
  if (Number.isInteger(named)) return named;
  const own = await browser.windows.getCurrent();
  return own.id ?? browser.windows.WINDOW_ID_CURRENT;
}

/** Whether this page was opened to take the session over. */
export function isTaking(search: string): boolean {
  return new URLSearchParams(search).has('take');
}
