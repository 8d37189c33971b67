import { createDesk, type Desk } from '@/lib/broker/desk';
import { endDropped, endOrphans } from '@/lib/broker/held';
import { onLifelineEnd } from '@/lib/broker/lifeline';
import { isOurPage } from '@/lib/broker/sender';
import { settle } from '@/lib/broker/trouble';
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
  // A panel that lets go of its session has said so; this is for one that is closed or killed.
  onLifelineEnd(() => void isOver().then((over) => (over ? endOrphans(end) : undefined)));
}

function names(desk: Desk): (keyof Desk)[] {
  return Object.keys(desk).filter((name): name is keyof Desk => name in desk);
}
