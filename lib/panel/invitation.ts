import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { openPanel } from '@/lib/panel/open';

/**
 * How the background tells a window's panel that the reader called it. It travels by
 * `storage.session`, since the panel may not exist yet when the click happens and the
 * background may be gone when the panel does.
 */
const schema = v.object({
  /** New for every call, so that the same words twice are two invitations. */
  id: v.string(),
  /** `open`: toolbar or shortcut; `page`: ask about the page; `selection`: about these words. */
  about: v.picklist(['open', 'page', 'selection']),
  tabId: v.number(),
  /** What the menu saw selected; null when the panel should ask the page. */
  selection: v.nullable(v.string()),
});
export type Invitation = v.InferOutput<typeof schema>;

/** What browsers call a tab that is none (`tabs.TAB_ID_NONE`). */
const noTab = -1;

const key = (windowId: number) => `session:invitation:${windowId}` as const;

/**
 * The reader called from this tab: opens its window's panel and leaves the invitation there;
 * a later one replaces it. First thing in a handler, since opening needs the reader's gesture.
 */
export function call(
  tab: { readonly id?: number | undefined; readonly windowId: number },
  invitation: Pick<Invitation, 'about' | 'selection'>,
): void {
  openPanel(tab.windowId);
  const left = { ...invitation, id: crypto.randomUUID(), tabId: tab.id ?? noTab };
  void storage.setItem(key(tab.windowId), left);
}

/**
 * Calls back with every invitation to this window's panel, including one left before it opened.
 * Each is taken away when it is answered, so a reopened panel does not answer it again.
 *
 * @returns the way to stop.
 */
export function onInvitation(windowId: number, invited: (call: Invitation) => void): () => void {
  let last = '';
  const take = (value: unknown) => {
    const parsed = v.safeParse(schema, value);
    if (!parsed.success || parsed.output.id === last) return;
    last = parsed.output.id;
    void storage.removeItem(key(windowId));
    invited(parsed.output);
  };
  const stop = storage.watch<unknown>(key(windowId), take);
  void storage.getItem<unknown>(key(windowId)).then(take);
  return stop;
}
