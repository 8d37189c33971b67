import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createSoulMachines } from '@/lib/providers/soul-machines/soul-machines';
import { conforms } from '@/tests/contract/conformance';
import type { SoulMachinesControls } from '@/tests/emulators/soul-machines/soul-machines';
import { grantFrom, keyOf, type Emulated } from '@/tests/vendors/soul-machines/avatar';
import { until } from '@/tests/vendors/until';
import { watchLeftovers } from '@/tests/vendors/soul-machines/leftovers';
import { startVendor } from '@/tests/vendors/vendor';

describe.each(['token', 'key'])('Soul Machines, by %s', (flow) => {
  let vendor: Emulated;
  beforeAll(async () => {
    vendor = await startVendor<SoulMachinesControls>('soul-machines');
  });
  afterAll(() => vendor.stop());

  conforms(
    async () => {
      await vendor.reset();
      // They differ in the way in only.
      await vendor.turn({ speech: flow === 'key' ? 'quick' : 'aloud' });
      const leftovers = watchLeftovers();
      const grant = await grantFrom(vendor, flow === 'key' ? { credential: keyOf(vendor) } : {});
      return {
        provider: createSoulMachines(),
        grant,
        question: 'Why?',
        until: (done) => until('pass', done, 30_000).then(() => undefined),
        running: () => leftovers.running(),
        async dispose() {
          await until('nothing being left', () => leftovers.running().length === 0);
          leftovers.stop();
          await until('the service seeing the end', async () => {
            return (await vendor.running()).length === 0;
          });
          expect(await vendor.unknown()).toEqual([]);
          const told = (await vendor.told()).map(({ what }) => what);
          expect(told.filter((what) => /telemetry|diagnostics/u.test(what))).toEqual([]);
        },
      };
    },
    { moments: [20, 50, 100, 150, 250, 400] },
  );
});
