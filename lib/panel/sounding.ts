import { computed, effect, signal, untracked } from '@preact/signals';
import { pickDevice, type Device } from '@/lib/ears/devices';
import type { Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';

/** The loudspeakers there are. */
export interface Outputs {
  list(): Promise<readonly Device[]>;
  /** One was plugged in or pulled out. @returns the way to stop. */
  watch(changed: () => void): () => void;
}

/** Sends what an avatar says to the loudspeaker the reader chose, plugged in now or later. */
export function createSounding(session: Session, outputs: Outputs): { dispose(): void } {
  const wanted = signal<Device | null>(null);
  /** A new one with every connection. */
  const line = computed(() =>
    session.state.value.status === 'live' ? session.abilities.value : null,
  );
  let known: object | null = null;
  /** Where it is heard; a new line begins where the system sends its sound. */
  let heardAt = '';

  async function send(device: Device | null): Promise<void> {
    const found = device && pickDevice(device, await outputs.list()).device;
    const id = found?.id ?? '';
    if (id === heardAt) return;
    heardAt = id;
    await session.sink(id);
  }

  settings.loudspeaker.get().then(
    (device) => {
      wanted.value = device;
    },
    () => undefined,
  );
  const stops = [
    settings.loudspeaker.watch((device) => {
      wanted.value = device;
    }),
    effect(() => {
      const device = wanted.value;
      if (line.value === null) return undefined;
      if (line.value !== known) heardAt = '';
      known = line.value;
      // Where it may not go there it is heard where it was, which is better than nowhere.
      const again = () => void send(device).catch(() => undefined);
      untracked(again);
      return outputs.watch(again);
    }),
  ];
  return {
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
