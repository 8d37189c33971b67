import { signal } from '@preact/signals';
import type { OwnKey, OwnKeyState, OwnKeyTrouble } from '@/components/options/OwnKeyChapter';
import { ownKey, readOwnKey } from '@/lib/broker/own-key';
import { askToReach, leaveOwnKey } from '@/lib/broker/permission';
import { toAppError } from '@/lib/errors';
import { tryOwnKey } from '@/lib/providers';
import * as settings from '@/lib/settings';

/** How long the server of a key may take to answer, ms. */
const patience = 15_000;

export function createOwnKey(): OwnKey {
  const kept = signal<string | null | undefined>(undefined);
  const isChosen = signal(false);
  const state = signal<OwnKeyState | null>(null);
  const run = (what: Promise<OwnKeyTrouble | null>) => {
    state.value = null;
    return what
      .catch(() => 'failed' as const)
      .then((trouble) => {
        state.value = trouble && { trouble };
        return trouble === null;
      });
  };

  const look = async () => {
    const [key, chosen] = await Promise.all([ownKey.get(), settings.avatar.get()]);
    kept.value = key;
    isChosen.value = chosen === 'own';
  };
  const lookAgain = () => void look().catch(() => (state.value = { trouble: 'failed' }));
  lookAgain();
  ownKey.watch(lookAgain);
  settings.avatar.watch(lookAgain);

  /** In the click itself: a browser refuses a question that comes after anything awaited. */
  const ask = async () => {
    const reading = readOwnKey(kept.peek() ?? '');
    return reading.ok && askToReach(reading.origin);
  };

  return {
    kept,
    isChosen,
    state,
    async keep(written) {
      const reading = readOwnKey(written);
      if (!reading.ok) {
        state.value = { trouble: reading.why };
        return false;
      }
      const granted = askToReach(reading.origin);
      return run(
        granted.then(async (isGranted) => {
          if (!isGranted) return 'refused';
          const before = await ownKey.get();
          await ownKey.set(reading.key);
          if (before !== null) await leaveOwnKey(before, reading.key);
          return null;
        }),
      );
    },
    choose() {
      const granted = ask();
      const chosen = settings.keepChoice('own', null);
      void run(
        Promise.all([granted, chosen]).then(([isGranted]) => (isGranted ? null : 'forbidden')),
      );
    },
    test() {
      const granted = ask();
      state.value = 'testing';
      const tried = granted.then(async (isGranted) => {
        if (!isGranted) return { trouble: 'forbidden' } as const;
        await tryOwnKey(kept.peek() ?? '', AbortSignal.timeout(patience));
        return 'works';
      });
      tried.then(
        (came) => (state.value = came),
        (thrown: unknown) =>
          (state.value = { error: toAppError(thrown, 'vendor_unreachable').code }),
      );
    },
    remove() {
      void run(
        ownKey.get().then(async (key) => {
          await ownKey.remove();
          if (isChosen.peek()) await settings.keepChoice('local', null);
          if (key !== null) await leaveOwnKey(key, null);
          return null;
        }),
      );
    },
  };
}
