import { browser } from '@/lib/browser';

/** A content script shares our id, but its address is that of somebody else's page. */
export function isOurPage(sender: { readonly id?: string; readonly url?: string }): boolean {
  const own = browser.runtime.getURL('/');
  return sender.id === browser.runtime.id && sender.url?.startsWith(own) === true;
}
