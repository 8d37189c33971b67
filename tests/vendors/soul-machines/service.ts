import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { SoulMachinesControls } from '@/tests/emulators/soul-machines/soul-machines';
import { closeAvatars, type Emulated } from '@/tests/vendors/soul-machines/avatar';
import { until } from '@/tests/vendors/until';
import { watchLeftovers, type Leftovers } from '@/tests/vendors/soul-machines/leftovers';
import { startVendor } from '@/tests/vendors/vendor';

export interface Service {
  readonly vendor: Emulated;
  readonly leftovers: Leftovers;
  /** The bodies of what it was told under that name. */
  readonly told: (what: string) => Promise<unknown[]>;
}

/**
 * The emulated service for the tests of a file, sober before each of them. After each nothing of
 * ours may be left, here or there, and nothing may have been said that it does not know.
 */
export function emulatedService(): Service {
  let vendor: Emulated | null = null;
  let leftovers: Leftovers | null = null;
  beforeAll(async () => {
    vendor = await startVendor<SoulMachinesControls>('soul-machines');
  });
  beforeEach(() => {
    leftovers = watchLeftovers();
  });
  afterEach(async () => {
    await closeAvatars();
    await until('nothing being left', () => leftovers?.running().length === 0);
    leftovers?.stop();
    await until('the service seeing the end', async () => (await vendor?.running())?.length === 0);
    expect(await vendor?.unknown()).toEqual([]);
    await vendor?.reset();
  });
  afterAll(() => vendor?.stop());
  return {
    get vendor() {
      return there(vendor);
    },
    get leftovers() {
      return there(leftovers);
    },
    told: async (what) =>
      (await there(vendor).told()).filter((told) => told.what === what).map(({ body }) => body),
  };
}

function there<T>(thing: T | null): T {
  if (thing === null) throw new Error('Only within a test.');
  return thing;
}
