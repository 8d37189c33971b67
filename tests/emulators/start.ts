import path from 'node:path';
import { tsImport } from 'tsx/esm/api';
import type { Emulator } from './emulator.ts';
import type * as inworld from './inworld/inworld.ts';
import type * as perso from './perso/perso.ts';
import type * as soulMachines from './soul-machines/soul-machines.ts';

/**
 * An emulator's module. Not by `import`: test runners load this file with their configuration,
 * where nobody knows our `@`.
 */
async function load<Module>(file: string): Promise<Module> {
  const tsconfig = path.resolve('tsconfig.json');
  const loading: Promise<unknown> =
    loaded.get(file) ?? tsImport(file, { parentURL: import.meta.url, tsconfig });
  loaded.set(file, loading);
  return (await loading) as Module;
}

/** Read once: each time it would be another module, compiled anew, with a voice that has said nothing yet. */
const loaded = new Map<string, Promise<unknown>>();

/** Every vendor we emulate, started on a free port of loopback. */
const vendors = {
  inworld: () =>
    load<typeof inworld>('./inworld/inworld.ts').then(({ startInworld }) => startInworld()),
  perso: () => load<typeof perso>('./perso/perso.ts').then(({ startPerso }) => startPerso()),
  'soul-machines': () =>
    load<typeof soulMachines>('./soul-machines/soul-machines.ts').then(({ startSoulMachines }) =>
      startSoulMachines(),
    ),
} satisfies Record<string, () => Promise<Emulator>>;

export type VendorName = keyof typeof vendors;

export function startEmulator(name: VendorName): Promise<Emulator> {
  return vendors[name]();
}
