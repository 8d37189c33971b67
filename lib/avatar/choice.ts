import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { avatarsOf, isSameAvatar, vis, type Avatar } from '@/lib/avatar/avatar';
import type { Broker } from '@/lib/broker/broker';
import { brokerUnder } from '@/lib/broker/current';
import { ownKey } from '@/lib/broker/own-key';
import { askToReachAll } from '@/lib/broker/permission';
import { browser } from '@/lib/browser';
import { isAllowed, readPolicy, watchPolicy, type Policy } from '@/lib/policy';
import type { ProviderId } from '@/lib/session/provider';
import * as settings from '@/lib/settings';

/** Who can be talked to, and who is. */
export interface Choice {
  /** Everybody there is, Vis first. */
  readonly all: ReadonlySignal<readonly Avatar[]>;
  /** Whom the reader chose. */
  readonly wanted: ReadonlySignal<Avatar>;
  /** Who is here: the one wanted, or Vis in its place. */
  readonly current: ReadonlySignal<Avatar>;
  /** What the service has to say before the first session with it; null once the reader agreed. */
  readonly introduction: ReadonlySignal<Introduction | null>;
  /** Resolves when the reader's choice is known. */
  readonly ready: Promise<void>;
  /** Asks the browser for what this avatar needs: to be called in the click itself. */
  choose(avatar: Avatar): Promise<void>;
  /** Asks the browser, in the click itself, for what the one who is wanted needs. */
  allow(): Promise<boolean>;
  /** Calls back whenever the browser lets us reach more. Returns the way to stop. */
  onAllowed(allowed: () => void): () => void;
  /** Vis stands in for the one wanted, as long as this panel is open. */
  standIn(): void;
  back(): void;
  agree(): Promise<void>;
  /** Whether an organisation will not have avatars of this maker. */
  forbids(provider: ProviderId): boolean;
  dispose(): void;
}

/** Whose service it is, in its own words. */
export interface Introduction {
  readonly avatar: Avatar;
  readonly service: string;
  readonly disclosure: string | null;
  readonly privacy: string | null;
}

/** @param canShow - whether this build has that maker's avatars. */
export function createChoice(canShow: (provider: string) => boolean): Choice {
  const broker = signal<Broker | null>(null);
  const policy = signal<Policy>({});
  const key = signal<string | null>(null);
  const kind = signal<settings.Chosen>('local');
  const agreed = signal<Readonly<Record<string, string>>>({});
  const away = signal(false);

  const all = computed(() => avatarsOf(broker.value, policy.value, canShow, key.value));
  const wanted = computed(() => {
    const picked = broker.value?.avatar ?? null;
    const chosen = kind.value;
    const found = all.value.find(({ provider, brokered }) =>
      chosen === 'own'
        ? brokered === null && provider !== 'local'
        : brokered !== null && isSameAvatar(brokered, picked),
    );
    return (chosen === 'local' ? null : found) ?? all.value[0] ?? vis();
  });
  const current = computed(() => (away.value ? (all.value[0] ?? vis()) : wanted.value));
  const introduction = computed(() => {
    const told = broker.value && introduced(broker.value, current.value);
    return told && agreed.value[told.address] !== told.words ? told.introduction : null;
  });

  async function look(): Promise<void> {
    const [decided, kept, own] = await Promise.all([
      readPolicy(),
      settings.broker.get(),
      ownKey.get(),
    ]);
    await asking;
    batch(() => {
      policy.value = decided;
      broker.value = brokerUnder(decided, kept);
      key.value = own;
    });
  }

  /** The browser's question: whoever it is about does not come before it is answered. */
  let asking: Promise<unknown> = Promise.resolve();

  async function load(): Promise<void> {
    const [chosen, known] = await Promise.all([
      settings.avatar.get(),
      settings.agreed.get(),
      look(),
    ]);
    [kind.value, agreed.value] = [chosen, known];
  }

  const stops = [
    watchPolicy(() => void look()),
    settings.broker.watch(() => void look()),
    ownKey.watch(() => void look()),
    settings.avatar.watch((chosen) => {
      void asking.then(() =>
        batch(() => {
          kind.value = chosen;
          away.value = false;
        }),
      );
    }),
    settings.agreed.watch((known) => {
      agreed.value = known;
    }),
  ];

  return {
    all,
    wanted,
    current,
    introduction,
    ready: load(),
    async choose({ provider, brokered, origins }) {
      const known = broker.peek();
      const at = brokered && known ? { ...known, avatar: brokered } : known;
      const chosen = brokered ? 'brokered' : provider === 'local' ? 'local' : 'own';
      // Refused, it is chosen all the same; opening it will say what is missing.
      asking = askToReachAll(origins).catch(() => false);
      const kept = settings.keepChoice(chosen, brokered ? at : null);
      // It may fail while the browser still asks; who called hears of it afterwards.
      kept.catch(() => undefined);
      await asking;
      batch(() => {
        away.value = false;
        kind.value = chosen;
        broker.value = at;
      });
      await kept;
    },
    allow: () => askToReachAll(wanted.peek().origins),
    onAllowed(allowed) {
      const { onAdded } = browser.permissions;
      onAdded.addListener(allowed);
      return () => onAdded.removeListener(allowed);
    },
    standIn() {
      away.value = true;
    },
    back() {
      away.value = false;
    },
    async agree() {
      const known = broker.peek();
      const told = known && introduced(known, current.peek());
      if (!told) return;
      agreed.value = { ...agreed.peek(), [told.address]: told.words };
      await settings.agreed.set(agreed.value);
    },
    forbids: (provider) => provider !== 'local' && !isAllowed(policy.peek(), provider),
    dispose() {
      for (const stop of stops) stop();
    },
  };
}

interface Told {
  readonly address: string;
  /** What was agreed to: other words are asked about anew. */
  readonly words: string;
  readonly introduction: Introduction;
}

function introduced({ address, discovery }: Broker, avatar: Avatar): Told | null {
  if (avatar.brokered === null) return null;
  const { disclosure = null, privacy_url: privacy = null } = discovery ?? {};
  const service = discovery?.operator.name ?? new URL(address).host;
  return {
    address,
    words: JSON.stringify([disclosure, privacy]),
    introduction: { avatar, service, disclosure, privacy },
  };
}
