import type { Config } from '../config/schema';
import { createInworld } from './inworld';
import { createPerso } from './perso';
import { createSoulMachines } from './soul-machines';
import type { Vendor } from './vendor';

/** The vendors the configuration has an account with. */
export function createVendors({ providers }: Config): readonly Vendor[] {
  return [
    ...(providers['soul-machines'] ? [createSoulMachines(providers['soul-machines'])] : []),
    ...(providers.perso ? [createPerso(providers.perso)] : []),
    ...(providers.inworld ? [createInworld(providers.inworld)] : []),
  ];
}
