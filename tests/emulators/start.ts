import type { Emulator } from './emulator.ts';

/** Every vendor we emulate, started on a free port of loopback. */
const vendors = {
  // One line a vendor, loaded when it is wanted.
  inworld: () => import('./inworld/inworld.ts').then(({ startInworld }) => startInworld()),
} satisfies Record<string, () => Promise<Emulator>>;

export type VendorName = 'inworld' | 'perso' | 'soul-machines';

export function startEmulator(name: VendorName): Promise<Emulator> {
  const start = new Map<string, () => Promise<Emulator>>(Object.entries(vendors)).get(name);
  if (start === undefined) throw new Error(`Nobody emulates ${name} yet.`);
  return start();
}
