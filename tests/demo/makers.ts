import type { Emulator } from '../emulators/emulator';
import { startEmulator, type VendorName } from '../emulators/start';
import { startDemoBroker, type DemoBroker } from './broker';

/** All that is needed to talk to avatars of other makers without an account anywhere. */
export interface DemoMakers {
  readonly makers: ReadonlyMap<VendorName, Emulator>;
  readonly broker: DemoBroker;
  close(): Promise<void>;
}

/** The emulated makers on loopback, and a broker that has an account at each. */
export async function startMakers(
  /** Where Perso answers, of the address its emulator has. */
  persoAt: (address: string) => string = (address) => address,
): Promise<DemoMakers> {
  const names = ['soul-machines', 'perso', 'inworld'] as const;
  const started = await Promise.all(
    names.map(async (name) => [name, await startEmulator(name)] as const),
  );
  const makers = new Map<VendorName, Emulator>(started);
  const at = (name: VendorName) => makers.get(name)?.address ?? '';
  const broker = await startDemoBroker({
    inworld: at('inworld'),
    perso: persoAt(at('perso')),
    soulMachines: at('soul-machines'),
  });
  return {
    makers,
    broker,
    async close() {
      await broker.close();
      for (const maker of makers.values()) await maker.close();
    },
  };
}
