import { expect, it } from 'vitest';
import { heapInUse } from '@/tests/vendors/heap';
import { until } from '@/tests/vendors/until';
import { live } from '@/tests/vendors/soul-machines/live';
import { emulatedService } from '@/tests/vendors/soul-machines/service';

/** `VITE_SOAK_TURNS=500 npm run bench:soak` for the long one. */
const turns = Number(import.meta.env['VITE_SOAK_TURNS'] ?? 60);
/** By then everything that is made once is made. */
const settled = Math.min(50, Math.floor(turns / 3));

const service = emulatedService();

it(`goes on for ${turns} turns without growing`, { timeout: 60_000 + turns * 1000 }, async () => {
  const { subject, connection, answer } = await live(service.vendor, { thinks: 1 });
  const { leftovers } = service;
  /** A pause after an answer or a silence is over. */
  const quiet = () => until('quiet', () => !leftovers.running().includes('a timer'));
  let before = { running: leftovers.running(), heap: 0 };
  for (let nth = 1; nth <= turns; nth += 1) {
    subject.events.length = 0;
    expect(await answer(`Question number ${nth}`)).toContain(`number ${nth}`);
    if (nth % 7 === 0) await connection.interrupt?.();
    if (nth !== settled) continue;
    await quiet();
    before = { running: leftovers.running(), heap: await heapInUse() };
  }
  subject.events.length = 0;
  await quiet();
  expect(await heapInUse()).toBeLessThan(before.heap * 1.1);
  expect(leftovers.running()).toEqual(before.running);
  expect(leftovers.peers).toHaveLength(1);
  expect(leftovers.sockets).toHaveLength(1);
});
