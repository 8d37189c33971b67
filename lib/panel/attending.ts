import { switchOffInSilence } from '@/lib/panel/auto-off';
import { createDuplex } from '@/lib/panel/duplex';

type Duplex = Parameters<typeof createDuplex>[0];

/** What goes on while a microphone is open. Loaded with the first. @returns the way to stop. */
export function attend(options: Duplex & Parameters<typeof switchOffInSilence>[0]): () => void {
  const stops = [createDuplex(options), switchOffInSilence(options)];
  return () => {
    for (const stop of stops) stop();
  };
}
