import { currentBroker } from '@/lib/broker/current';
import { askToReach } from '@/lib/broker/permission';
import { signInRedirect } from '@/lib/broker/sign-in';
import type { Ours } from '@/lib/broker/words';
import { browser } from '@/lib/browser';
import { sendMessage } from '@/lib/messages';
import { broker } from '@/lib/settings';

/** What the panel can do about the avatar service; the rest is in the settings. */
export interface BrokerService {
  /** Opens its chapter of the settings. */
  readonly settings: () => void;
  /** Asks the browser, in the click itself, to let us reach it. */
  readonly allow: () => Promise<boolean>;
  /** Ends other sessions of this reader. */
  readonly end: (sessions: readonly string[]) => Promise<void>;
  readonly ours: () => Ours;
  readonly dispose: () => void;
}

export function createBrokerService(): BrokerService {
  // Known beforehand, since the click that asks may not wait for it.
  let address = '';
  const look = async () => {
    address = (await currentBroker())?.address ?? '';
  };
  void look();
  const stop = broker.watch(() => void look());
  return {
    settings: () => void browser.tabs.create({ url: '/options.html#broker' }),
    allow: () => (address === '' ? Promise.resolve(false) : askToReach(address)),
    async end(sessions) {
      await Promise.all(sessions.map((session) => sendMessage('broker.end', { session })));
    },
    ours: () => ({
      origin: new URL(browser.runtime.getURL('/')).origin,
      redirect: signInRedirect(),
    }),
    dispose: stop,
  };
}
