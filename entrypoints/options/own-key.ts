import { signal } from '@preact/signals';
import type { OwnKey, OwnKeyTrouble } from '@/components/options/OwnKeyChapter';
import { ownKey, readOwnKey } from '@/lib/broker/own-key';
import { askToReach, leaveOwnKey } from '@/lib/broker/permission';

export function createOwnKey(): OwnKey {
  const isKept = signal<boolean | null>(null);
  const trouble = signal<OwnKeyTrouble | null>(null);
  const run = (what: Promise<OwnKeyTrouble | null>) => {
    trouble.value = null;
    what.then(
      (came) => (trouble.value = came),
      () => (trouble.value = 'failed'),
    );
  };

  ownKey.get().then(
    (kept) => (isKept.value = kept !== null),
    () => (trouble.value = 'failed'),
  );
  ownKey.watch((isThere) => (isKept.value = isThere));

  return {
    isKept,
    trouble,
    keep(written) {
      const reading = readOwnKey(written);
      if (!reading.ok) {
        trouble.value = reading.why;
        return;
      }
      // In the click itself: a browser refuses a question that comes after anything awaited.
      const granted = askToReach(reading.origin);
      run(
        granted.then(async (isGranted) => {
          if (!isGranted) return 'refused';
          const before = await ownKey.get();
          await ownKey.set(reading.key);
          if (before !== null) await leaveOwnKey(before, reading.key);
          return null;
        }),
      );
    },
    remove() {
      run(
        ownKey.get().then(async (key) => {
          await ownKey.remove();
          if (key !== null) await leaveOwnKey(key, null);
          return null;
        }),
      );
    },
  };
}
