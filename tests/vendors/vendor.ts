import { commands } from 'vitest/browser';
import type { Told } from '../emulators/emulator';
import type { VendorName } from '../emulators/start';

/** An emulated vendor as a test in a page sees it. */
export interface Vendor<Knobs extends object = object> {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  turn(knobs: Partial<Knobs>): Promise<void>;
  told(): Promise<readonly Told[]>;
  running(): Promise<readonly string[]>;
  unknown(): Promise<readonly string[]>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startVendor<Knobs extends object>(name: VendorName): Promise<Vendor<Knobs>> {
  const address = await commands.startVendor(name);
  return {
    address,
    turn: (knobs) => commands.turnKnobs(address, knobs),
    told: () => commands.toldTo(address),
    running: () => commands.runningAt(address),
    unknown: () => commands.unknownTo(address),
    reset: () => commands.resetVendor(address),
    stop: () => commands.stopVendor(address),
  };
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    startVendor(vendor: VendorName): Promise<string>;
    turnKnobs(address: string, knobs: object): Promise<void>;
    toldTo(address: string): Promise<readonly Told[]>;
    runningAt(address: string): Promise<readonly string[]>;
    unknownTo(address: string): Promise<readonly string[]>;
    resetVendor(address: string): Promise<void>;
    stopVendor(address: string): Promise<void>;
  }
}
