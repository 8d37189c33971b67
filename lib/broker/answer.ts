import { createDesk, type Desk } from '@/lib/broker/desk';
import { endDropped, endOrphans } from '@/lib/broker/held';
import { settle } from '@/lib/broker/trouble';
import { browser } from '@/lib/browser';
import { onMessage } from '@/lib/messages';
import { isOver } from '@/lib/panel/lock';

/** Registers the background's answers. To be called as it starts, before anything is awaited. */
export function answerBrokerMessages(desk: Desk = createDesk()): void {
  for (const name of names(desk)) {
    // What the compiler cannot follow: the desk's answer for a name is that name's answer.
    const ask = desk[name] as (asked: unknown) => Promise<never>;
    onMessage(name, async ({ data, sender }) => {
      if (!isOurPage(sender)) throw new Error('Only our own pages may ask this.');
      return (await settle(ask(data))) as never;
    });
  }
  const end = (session: string) => settle(desk['broker.end']({ session }));
  endDropped(end);
  onPanelClosed(() => void isOver().then((over) => (over ? endOrphans(end) : undefined)));
}

/**
 * Chromium's side panel is gone at once when it is closed: of what it still sends us or stores
 * nothing arrives (156, 2026-11). It is told from 142 on; before, and where a panel was killed,
 * what is left is ended with the next session, or by the service, as it is not renewed.
 */
function onPanelClosed(listener: () => void): void {
  const { sidePanel } = browser as { sidePanel?: { onClosed?: PanelClosed } };
  sidePanel?.onClosed?.addListener(listener);
}

interface PanelClosed {
  addListener(listener: () => void): void;
}

function names(desk: Desk): (keyof Desk)[] {
  return Object.keys(desk).filter((name): name is keyof Desk => name in desk);
}

/** A content script shares our id, but its address is that of somebody else's page. */
export function isOurPage(sender: { readonly id?: string; readonly url?: string }): boolean {
  const own = browser.runtime.getURL('/');
  return sender.id === browser.runtime.id && sender.url?.startsWith(own) === true;
}
