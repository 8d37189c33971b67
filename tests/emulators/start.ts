import path from 'node:path';
import { tsImport } from 'tsx/esm/api';
import type { Emulator } from './emulator.ts';
import type * as perso from './perso/perso.ts';

/**
 * An emulator's module. Not by `import`: test runners load this file with their configuration,
 * where nobody knows our `@`.
 */
async function load<Module>(file: string): Promise<Module> {
  const tsconfig = path.resolve('tsconfig.json');
  const loaded: unknown = await tsImport(file, { parentURL: import.meta.url, tsconfig });
  return loaded as Module;
}

/** Every vendor we emulate, started on a free port of loopback. */
const vendors = {
  perso: () => load<typeof perso>('./perso/perso.ts').then(({ startPerso }) => startPerso()),
} satisfies Record<string, () => Promise<Emulator>>;

export type VendorName = 'inworld' | 'perso' | 'soul-machines';

// A process with `@roamhq/wrtc` in it crashes when it ends by itself (0.10, Node 20), not when told to.
process.once('beforeExit', () => process.exit());

export function startEmulator(name: VendorName): Promise<Emulator> {
  const start = new Map<string, () => Promise<Emulator>>(Object.entries(vendors)).get(name);
  if (start === undefined) throw new Error(`Nobody emulates ${name} yet.`);
  return start();
}
