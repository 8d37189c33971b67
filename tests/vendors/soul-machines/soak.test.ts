import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SoulMachinesControls } from '@/tests/emulators/soul-machines/soul-machines';
import { avatar, grantFrom, until, type Emulated } from '@/tests/vendors/soul-machines/avatar';
import { watchLeftovers } from '@/tests/vendors/soul-machines/leftovers';
import { startVendor } from '@/tests/vendors/vendor';

/** `VITE_SOAK_TURNS=500 npm run bench:soak` for the long one. */
const turns = Number(import.meta.env['VITE_SOAK_TURNS'] ?? 60);

let vendor: Emulated;
beforeAll(async () => {
  vendor = await startVendor<SoulMachinesControls>('soul-machines');
});
afterAll(() => vendor.stop());

it(`goes on for ${turns} turns without growing`, { timeout: 60_000 + turns * 1000 }, async () => {
  await vendor.turn({ speech: 'quick', thinks: 1 });
  const leftovers = watchLeftovers();
  const subject = avatar(await grantFrom(vendor));
  const connection = await subject.open();
  const heap = () =>
    (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0;
  const settled = Math.min(50, Math.floor(turns / 2));
  let before: { running: string[]; heap: number } | null = null;
  for (let nth = 1; nth <= turns; nth += 1) {
    await connection.ask(`Question number ${nth}`, null);
    await until(`answer ${nth}`, () => subject.of('said').some(({ final }) => final));
    if (nth % 7 === 0) await connection.interrupt?.();
    subject.events.length = 0;
    if (nth === settled) before = { running: leftovers.running(), heap: heap() };
  }
  expect(leftovers.running()).toEqual(before?.running);
  expect(leftovers.peers).toHaveLength(1);
  expect(leftovers.sockets).toHaveLength(1);
  // Measured roughly: nobody collects garbage for us here.
  expect(heap()).toBeLessThan((before?.heap ?? 0) * 1.1 + 8_000_000);
  await connection.close();
  expect(leftovers.running()).toEqual([]);
  leftovers.stop();
});
