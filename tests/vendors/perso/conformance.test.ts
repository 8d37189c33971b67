import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { createPerso } from '@/lib/providers/perso/perso';
import { conforms } from '@/tests/contract/conformance';
import { countLeftovers, type Leftovers } from '@/tests/vendors/perso/leftovers';
import { grantFor, startPerso, type Perso } from '@/tests/vendors/perso/perso';
import { until } from '@/tests/vendors/until';

let perso: Perso;
let leftovers: Leftovers;

beforeAll(async () => {
  perso = await startPerso();
});
beforeEach(async () => {
  await perso.reset();
  await perso.turn({ speech: 0.3 });
  leftovers = countLeftovers();
});
afterEach(async () => {
  leftovers.stop();
  expect(await perso.unknown()).toEqual([]);
  await until('the service to see its end', async () => (await perso.running()).length === 0);
});
afterAll(() => perso.stop());

describe('Perso', () =>
  conforms(async () => ({
    provider: createPerso(),
    grant: await grantFor(perso),
    question: 'Good morning.',
    until: async (done) => {
      await until('an event', done);
    },
    running: () => leftovers.running(),
    dispose: () => undefined,
  })));
