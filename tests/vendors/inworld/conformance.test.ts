import { live } from './live';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { createInworld } from '@/lib/providers/inworld/inworld';
import { conforms } from '@/tests/contract/conformance';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { until } from '@/tests/vendors/until';
import { startVendor, type Vendor } from '@/tests/vendors/vendor';
import { grantFor } from './grant';

let gateway: Vendor<InworldKnobs>;
beforeAll(async () => {
  gateway = await startVendor<InworldKnobs>('inworld');
});
beforeEach(() => gateway.turn({ haste: 3 }));
afterEach(async () => {
  expect(await gateway.unknown()).toEqual([]);
  await gateway.reset();
});
afterAll(() => gateway.stop());

describe('an Inworld character on its own SDK', () => {
  conforms(
    async () => ({
      provider: createInworld(),
      grant: await grantFor(gateway.address),
      question: 'What is a lighthouse?',
      until: async (done) => {
        await until('what was waited for', done);
      },
      running: live,
      dispose: () => undefined,
    }),
    { moments: [1, 3, 6, 10, 15, 25, 40] },
  );
});
