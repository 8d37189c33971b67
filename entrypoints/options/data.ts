import { signal, type ReadonlySignal } from '@preact/signals';
import type { DataOutcome } from '@/components/options/DataChapter';
import { ownKey } from '@/lib/broker/own-key';
import { leaveBroker, leaveOwnKey } from '@/lib/broker/permission';
import { following, keepWatcherRegistered, unfollow } from '@/lib/page/access';
import { broker, eraseSettings } from '@/lib/settings';
import { download } from '@/lib/transcript/download';
import type { Transcript } from '@/lib/transcript/store';

export interface Belongings {
  /** Messages kept; null where they cannot be counted. */
  readonly messages: ReadonlySignal<number | null>;
  readonly outcome: ReadonlySignal<DataOutcome>;
  readonly export: (format: 'markdown' | 'json') => void;
  readonly erase: () => void;
}

export function createBelongings(transcript: Transcript, language: string): Belongings {
  const messages = signal<number | null>(null);
  const outcome = signal<DataOutcome>(null);

  const count = async () => {
    const talks = await transcript.all().catch(() => null);
    messages.value = talks && talks.reduce((sum, talk) => sum + talk.messages.length, 0);
  };
  const exportAs = async (format: 'markdown' | 'json') => {
    download(await transcript.all(), format, language);
  };
  const erase = async () => {
    await transcript.erase();
    const { everywhere, origins } = await following();
    for (const origin of everywhere ? ['everywhere', ...origins] : origins) await unfollow(origin);
    const service = await broker.get();
    if (service) await leaveBroker(service);
    const key = await ownKey.get();
    if (key !== null) await leaveOwnKey(key, null);
    await eraseSettings();
    await keepWatcherRegistered();
    await count();
  };

  void count();
  transcript.watch(() => void count());
  return {
    messages,
    outcome,
    export(format) {
      exportAs(format).then(
        () => (outcome.value = 'exported'),
        () => (outcome.value = 'exportFailed'),
      );
    },
    erase() {
      erase().then(
        () => (outcome.value = 'erased'),
        () => (outcome.value = 'eraseFailed'),
      );
    },
  };
}
