import { signal, type ReadonlySignal } from '@preact/signals';
import type { Plugged } from '@/components/options/EarsChapter';
import { listDevices, watchDevices, type Device } from '@/lib/ears/devices';
import { watchPermission } from '@/lib/ears/permission';

/** What is plugged in, as it changes. */
export function findDevices(): ReadonlySignal<Plugged> {
  const plugged = signal<Plugged>({ microphones: null, speakers: null });
  const look = async () => {
    const [microphones, speakers] = await Promise.all([
      listDevices('audioinput'),
      listDevices('audiooutput'),
    ]);
    plugged.value = { microphones: named(microphones), speakers: named(speakers) };
  };
  const again = () => void look();
  watchDevices(again);
  // Allowed in another tab, they have names from then on.
  watchPermission().leave.subscribe(again);
  return plugged;
}

/** Without leave to hear, a browser tells that there is something but not what. */
function named(devices: readonly Device[]): readonly Device[] | null {
  return devices.some(({ label }) => label !== '') ? devices : null;
}
