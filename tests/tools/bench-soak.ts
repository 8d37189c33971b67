import { mkdirSync, writeFileSync } from 'node:fs';
import { startEmulator, type VendorName } from '../emulators/start';
import { openBenchPage } from './bench/vendors/browser';

/**
 * `npm run bench:soak`: 500 turns in one session of each maker, time compressed as far as its wire
 * allows. Afterwards the heap is within a tenth of where it stood after 50 turns, and neither
 * listeners nor peer connections are more. Writes `.bench/soak.json`, prints it, and fails where
 * that is not so. `SOAK_TURNS=100` is a shorter one, `SOAK_VENDORS=perso` only that.
 */
const turns = Number(process.env['SOAK_TURNS'] ?? 500);
const settled = Math.min(50, Math.floor(turns / 2));
const budgets = { heapRatio: 1.1, listeners: 10, peers: 0 };
const quick: Record<VendorName, object> = {
  inworld: { paceMs: 1 },
  perso: { speech: 0.03, paceMs: 1, answer: 'It is a number like any other.' },
  'soul-machines': { speech: 'quick', thinks: 1 },
};

const chosen = process.env['SOAK_VENDORS']?.split(',') ?? Object.keys(quick);
const names = chosen.filter((name): name is VendorName => name in quick);
const report: Record<string, Awaited<ReturnType<typeof soak>>> = {};
for (const vendor of names) report[vendor] = await soak(vendor);
const kept = Object.values(report).every((one) => one.kept);
const text = JSON.stringify({ turns, settled, budgets, ...report, kept }, null, 2);
mkdirSync('.bench', { recursive: true });
writeFileSync('.bench/soak.json', `${text}\n`);
console.log(text);
process.exitCode = kept ? 0 : 1;

async function soak(vendor: VendorName) {
  const emulator = await startEmulator(vendor);
  Object.assign(emulator.knobs, quick[vendor]);
  // A page of its own: what one SDK leaves behind must not be counted for another.
  const { page, use, close } = await openBenchPage({ interpreted: true });
  try {
    const look = async () => ({
      ...(await use()),
      peers: await page.evaluate(() => globalThis.bench.openPeers()),
    });
    const run = (count: number) =>
      page.evaluate((count) => globalThis.bench.soak.turns(count), count);
    await page.evaluate(
      (vendor, address) => globalThis.bench.soak.open(vendor, address),
      vendor,
      emulator.address,
    );
    const began = performance.now();
    await run(settled);
    const early = await look();
    await run(turns - settled);
    const late = await look();
    const seconds = Math.round((performance.now() - began) / 1000);
    await page.evaluate(() => globalThis.bench.close());
    const heapRatio = Math.round((late.heap / early.heap) * 1000) / 1000;
    const kept =
      heapRatio <= budgets.heapRatio &&
      late.listeners - early.listeners <= budgets.listeners &&
      late.peers - early.peers <= budgets.peers;
    return { seconds, early, late, heapRatio, unknown: emulator.unknown.length, kept };
  } finally {
    await close();
    await emulator.close();
  }
}
