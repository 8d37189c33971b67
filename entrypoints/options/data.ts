import { signal, type ReadonlySignal } from '@preact/signals';
import type { DataOutcome } from '@/components/options/DataChapter';
import { ownKey } from '@/lib/broker/own-key';
import { leaveBroker, leaveOwnKey } from '@/lib/broker/permission';
import { following, keepWatcherRegistered, unfollow } from '@/lib/page/access';
import { broker, eraseSettings, retention, type Retention } from '@/lib/settings';
import { download } from '@/lib/transcript/download';
import { readExport } from '@/lib/transcript/import';
import type { Transcript } from '@/lib/transcript/store';

export interface Belongings {
  /** Messages kept; null where they cannot be counted. */
  readonly messages: ReadonlySignal<number | null>;
  readonly outcome: ReadonlySignal<DataOutcome>;
  readonly export: (format: 'markdown' | 'json') => void;
  readonly import: (file: File) => void;
  readonly retention: ReadonlySignal<Retention>;
  readonly keepFor: (retention: Retention) => void;
  readonly erase: () => void;
}

export function createBelongings(transcript: Transcript, language: string): Belongings {
  const messages = signal<number | null>(null);
  const outcome = signal<DataOutcome>(null);
  const kept = signal<Retention>('forever');

  const count = async () => {
    const talks = await transcript.all().catch(() => null);
    messages.value = talks && talks.reduce((sum, talk) => sum + talk.messages.length, 0);
  };
  const exportAs = async (format: 'markdown' | 'json') => {
    download(await transcript.all(), format, language);
  };
  const bring = async (file: File): Promise<DataOutcome> => {
    const read = readExport(await file.text());
    if (!read.ok) return { kind: 'refused', why: read.why };
    const brought = await transcript.bring(read.talks);
    await count();
    return { kind: 'imported', ...brought };
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
    await eraseRemains();
    await keepWatcherRegistered();
    await count();
  };

  void count();
  void retention.get().then((chosen) => (kept.value = chosen));
  retention.watch((chosen) => (kept.value = chosen));
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
    import(file) {
      bring(file).then(
        (what) => (outcome.value = what),
        () => (outcome.value = 'importFailed'),
      );
    },
    retention: kept,
    keepFor(chosen) {
      transcript.keepFor(chosen).then(
        () => (outcome.value = 'kept'),
        () => (outcome.value = 'keepFailed'),
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

/** What is in no setting and no conversation: whatever an origin can keep without our writing it. */
async function eraseRemains(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
}
