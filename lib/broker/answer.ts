import { createDesk, type Desk } from '@/lib/broker/desk';
import { endDropped } from '@/lib/broker/held';
import { settle } from '@/lib/broker/trouble';
import { browser } from '@/lib/browser';
import { onMessage } from '@/lib/messages';

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
  endDropped((session) => settle(desk['broker.end']({ session })));
}

function names(desk: Desk): (keyof Desk)[] {
  return Object.keys(desk).filter((name): name is keyof Desk => name in desk);
}

/** A content script shares our id, but its address is that of somebody else's page. */
export function isOurPage(sender: { readonly id?: string; readonly url?: string }): boolean {
  const own = browser.runtime.getURL('/');
  return sender.id === browser.runtime.id && sender.url?.startsWith(own) === true;
}
