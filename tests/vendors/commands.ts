import { tsImport } from 'tsx/esm/api';
import type { BrowserCommand } from 'vitest/node';
import type * as start from '../emulators/start.ts';
import type { Emulator } from '../emulators/emulator.ts';

/*
 * The emulated vendors live in Node, the tests of this project in a page: these commands are how
 * a test starts one, turns its knobs and asks what it was told.
 */
const started = new Map<string, Emulator>();

/** By `tsx`, which knows our paths: the configuration that imports this file does not. */
async function emulators(): Promise<typeof start> {
  loading ??= tsImport('../emulators/start.ts', import.meta.url);
  return loading;
}
let loading: Promise<typeof start> | undefined;

function find(address: string): Emulator {
  const emulator = started.get(address);
  if (emulator === undefined) throw new Error(`No emulated vendor at ${address}`);
  return emulator;
}

export const startVendor: BrowserCommand<[vendor: start.VendorName]> = async (_, vendor) => {
  const { startEmulator } = await emulators();
  const emulator = await startEmulator(vendor);
  started.set(emulator.address, emulator);
  return emulator.address;
};

export const turnKnobs: BrowserCommand<[address: string, knobs: object]> = (_, address, knobs) => {
  Object.assign(find(address).knobs, knobs);
};

export const toldTo: BrowserCommand<[address: string]> = (_, address) => find(address).told;

export const runningAt: BrowserCommand<[address: string]> = (_, address) => find(address).running();

export const unknownTo: BrowserCommand<[address: string]> = (_, address) => find(address).unknown;

export const resetVendor: BrowserCommand<[address: string]> = (_, address) => find(address).reset();

export const stopVendor: BrowserCommand<[address: string]> = async (_, address) => {
  await find(address).close();
  started.delete(address);
};
