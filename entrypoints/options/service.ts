import { batch, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Doing, Place, Service } from '@/components/options/broker/service';
import { avatarsOf, isSameAvatar } from '@/lib/avatar/avatar';
import { readAddress, readEndpoint } from '@/lib/broker/address';
import type { Broker } from '@/lib/broker/broker';
import { brokerUnder } from '@/lib/broker/current';
import {
  askToReach,
  askToReachAll,
  askToSignIn,
  leaveBroker,
  mayReach,
} from '@/lib/broker/permission';
import { openSignIn, signInRedirect } from '@/lib/broker/sign-in';
import { settle, Troubled, type Outcome, type Trouble } from '@/lib/broker/trouble';
import { browser } from '@/lib/browser';
import { sendMessage } from '@/lib/messages';
import { lockedBy, type Policy } from '@/lib/policy';
import { hasProvider } from '@/lib/providers';
import * as settings from '@/lib/settings';

/** The avatar service as the options show it. All talking to it is the background's. */
export function createService(policy: ReadonlySignal<Policy>): Service {
  const broker = signal<Broker | null | undefined>(undefined);
  const allowed = signal(false);
  const account = signal<{ readonly name: string | null } | null>(null);
  const doing = signal<Doing>(null);
  const trouble = signal<{ readonly place: Place; readonly trouble: Trouble } | null>(null);
  const skipped = signal<readonly string[]>([]);
  const examination = signal<Service['examination']['value']>(null);
  const written = signal('');
  const redirect = signal(signInRedirect());
  const locker = signal<string | null>(null);
  const chosen = signal<settings.Chosen>('local');
  let looks = 0;
  /** The last choice of an avatar, until it is kept. */
  let picking: Promise<unknown> = Promise.resolve();

  /** All that is so now, shown at once; of several looks under way only the latest is shown. */
  const look = async () => {
    looks += 1;
    const mine = looks;
    const rules = policy.peek();
    const known = brokerUnder(rules, await settings.broker.get());
    const kind = await settings.avatar.get();
    const answer = await sendMessage('broker.account', null);
    const reachable = known !== null && (await mayReach(known.address));
    if (mine !== looks) return;
    batch(() => {
      account.value = answer.ok ? answer.value : null;
      allowed.value = reachable;
      redirect.value = signInRedirect();
      locker.value = lockedBy(rules, 'broker');
      chosen.value = kind;
      broker.value = known;
    });
  };

  /** One thing at a time; whatever came of it, the page shows what is so afterwards. */
  const run = async <T>(what: Doing, place: Place, ask: () => Promise<Outcome<T>>) => {
    doing.value = what;
    trouble.value = null;
    if (what !== 'testing') examination.value = null;
    try {
      const outcome = await ask();
      if (!outcome.ok) trouble.value = { place, trouble: outcome.trouble };
      return outcome.ok ? outcome.value : null;
    } finally {
      await look();
      doing.value = null;
    }
  };

  /** What `read` makes of what was written, or null once it was said what is wrong with it. */
  const readable = (read: (written: string) => string, text: string): string | null => {
    written.value = text;
    try {
      return read(text);
    } catch (thrown) {
      if (!(thrown instanceof Troubled)) throw thrown;
      trouble.value = { place: 'address', trouble: thrown.trouble };
      return null;
    }
  };

  /** Asks for the permission, then for the broker; without a broker the permission goes back. */
  const reach = (address: string, ask: () => Promise<Outcome<unknown>>) => {
    const before = broker.peek() ?? null;
    const had = mayReach(address);
    // In the click itself: a browser refuses a question that comes after anything awaited.
    const granted = askToReach(address);
    void run('finding', 'address', async () => {
      if (!(await granted)) return { ok: false, trouble: { code: 'permission_missing' } };
      const outcome = await ask();
      if (outcome.ok && before && before.address !== address) await leaveBroker(before);
      if (!outcome.ok && before?.address !== address && !(await had)) {
        await leaveBroker({ ...nowhere, address });
      }
      return outcome;
    });
  };

  const update = async (change: Partial<Broker>) => {
    const known = broker.peek();
    if (known) await settings.broker.set({ ...known, ...change });
    examination.value = null;
    await look();
  };

  effect(() => {
    void policy.value;
    void look();
  });
  settings.broker.watch(() => void look());
  settings.avatar.watch(() => void look());
  browser.permissions.onAdded.addListener(() => void look());
  browser.permissions.onRemoved.addListener(() => void look());

  return {
    broker,
    allowed,
    account,
    doing,
    trouble,
    skipped,
    examination,
    written,
    redirect,
    lockedBy: locker,
    origin: new URL(browser.runtime.getURL('/')).origin,
    chosen,
    canShow: hasProvider,
    find(text) {
      const address = readable(readAddress, text);
      if (address === null) return;
      reach(address, async () => {
        const outcome = await sendMessage('broker.discover', { address });
        skipped.value = outcome.ok ? outcome.value.skipped : [];
        return outcome;
      });
    },
    findPlain(text, how) {
      const address = readable(readEndpoint, text);
      if (address !== null) reach(address, () => sendMessage('broker.plain', { address, ...how }));
    },
    signIn() {
      const method = broker.peek()?.auth;
      if (method?.type !== 'oidc') return;
      const granted = askToSignIn(method.issuer);
      void run('signing', 'sign-in', () => settle(openSignIn(granted)));
    },
    chooseAuth: (auth) => void update({ auth }),
    async enter(secret) {
      await run('saving', 'sign-in', () => sendMessage('broker.credential', { secret }));
      return trouble.peek() === null;
    },
    signOut: () => void run('saving', 'sign-in', () => sendMessage('broker.signOut', null)),
    pick(avatar) {
      const all = avatarsOf(broker.peek() ?? null, {}, () => true);
      const picked = all.find(({ brokered }) => isSameAvatar(brokered, avatar));
      // Refused, it stays chosen: the panel then says what is missing.
      void askToReachAll(picked?.origins ?? []).catch(() => false);
      const known = broker.peek();
      const at = avatar && known ? { ...known, avatar } : null;
      picking = settings.keepChoice(avatar ? 'brokered' : 'local', at).then(look);
      examination.value = null;
    },
    test() {
      examination.value = null;
      const ask = async () => {
        // Whoever tests right after choosing means the one just chosen.
        await picking.catch(() => undefined);
        return sendMessage('broker.test', null);
      };
      void run('testing', 'test', ask).then((examined) => {
        examination.value = examined;
      });
    },
    endSession(session) {
      void run('ending', 'test', () => sendMessage('broker.end', { session }));
    },
    copyReport: () => navigator.clipboard.writeText(examination.peek()?.report ?? ''),
    remove() {
      const known = broker.peek();
      written.value = '';
      void run('saving', 'address', async () => {
        const outcome = await sendMessage('broker.remove', null);
        if (outcome.ok && known) await leaveBroker(known);
        return outcome;
      });
    },
  };
}

const nowhere: Omit<Broker, 'address'> = {
  discovery: null,
  plain: null,
  auth: { type: 'none' },
  avatar: null,
};
