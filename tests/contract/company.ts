import { computed, signal } from '@preact/signals';
import { vis, type Avatar } from '@/lib/avatar/avatar';
import type { Choice, Introduction } from '@/lib/avatar/choice';

/** Avatars of a service nobody runs. */
export const nova: Avatar = {
  provider: 'soul-machines',
  brokered: { provider: 'soul-machines', persona: 'nova' },
  name: 'Nova',
  description: 'Knows the reading room and its catalogues by heart.',
  operator: 'Example Library',
  price: '0.10 € a minute',
  rate: { amount: 0.1, currency: 'EUR' },
  highest: 'selection',
  origins: [],
};

export const orion: Avatar = {
  ...nova,
  provider: 'inworld',
  brokered: { provider: 'inworld', persona: 'orion' },
  name: 'Orion',
  description: 'Tells of stars.',
  price: null,
  rate: null,
};

export interface Company {
  /** Who is there at first; Nova unless told. */
  readonly first?: Avatar;
  /** What the service says that nobody agreed to yet. */
  readonly introduction?: Omit<Introduction, 'avatar'>;
}

/** A choice like the real one, of Vis, Nova and Orion, that keeps nothing and asks no browser. */
export function companyOf({ first = nova, introduction }: Company = {}): Choice & {
  readonly asked: string[];
  /** An organisation decides that there is nobody but Vis. */
  readonly forbid: () => void;
  /** The browser lets us reach more. */
  allowed(): void;
} {
  const asked: string[] = [];
  const listeners = new Set<() => void>();
  let forbidden = false;
  const all = signal<readonly Avatar[]>([vis(), nova, orion]);
  const wanted = signal(first);
  const away = signal(false);
  const agreed = signal(introduction === undefined);
  const current = computed(() => (away.value ? vis() : wanted.value));
  return {
    asked,
    all,
    wanted,
    current,
    introduction: computed(() =>
      introduction && !agreed.value && current.value.brokered
        ? { ...introduction, avatar: current.value }
        : null,
    ),
    ready: Promise.resolve(),
    async choose(avatar) {
      away.value = false;
      wanted.value = avatar;
    },
    async allow() {
      asked.push('allow');
      return true;
    },
    allowed() {
      for (const listener of listeners) listener();
    },
    onAllowed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    standIn() {
      away.value = true;
    },
    back() {
      away.value = false;
    },
    async agree() {
      agreed.value = true;
    },
    forbids: (provider) => forbidden && provider !== 'local',
    forbid() {
      forbidden = true;
      wanted.value = vis();
    },
    dispose: () => undefined,
  };
}
