import { mkdirSync, writeFileSync } from 'node:fs';
import { startEmulator, type VendorName } from '../emulators/start';
import { median } from './bench/median';
import { openBenchPage } from './bench/vendors/browser';
import type { Times } from './bench/vendors/page';

/**
 * `npm run bench:vendors`: how long until an avatar can be seen, and from a question to the first
 * sound, by our adapter and by a bare page of the same SDK against the same emulated maker. They
 * take turns within the same run, the order changing, so that whatever else the machine does hits
 * them alike. Writes `.bench/vendors.json`, prints it, and fails where the budget is broken.
 * `BENCH_VENDORS=perso` looks at that one only.
 */
const most = 1.15;
const rounds = 6;
const questions = 3;
const ways = ['ours', 'bare'] as const;
const calm: Record<VendorName, object> = {
  inworld: {},
  perso: { answer: 'It is a number like any other.' },
  'soul-machines': {},
};

const chosen = process.env['BENCH_VENDORS']?.split(',') ?? Object.keys(calm);
const names = chosen.filter((name): name is VendorName => name in calm);
const report: Record<string, ReturnType<typeof summary>> = {};
const bench = await openBenchPage();
try {
  for (const vendor of names) report[vendor] = await compare(vendor);
} finally {
  await bench.close();
}
const kept = Object.values(report).every(({ connect, sound }) =>
  [connect, sound].every(({ ratio }) => ratio <= most),
);
const text = JSON.stringify({ rounds, questions, most, ...report, kept }, null, 2);
mkdirSync('.bench', { recursive: true });
writeFileSync('.bench/vendors.json', `${text}\n`);
console.log(text);
process.exitCode = kept ? 0 : 1;

async function compare(vendor: VendorName) {
  const emulator = await startEmulator(vendor);
  const times: Record<(typeof ways)[number], Times[]> = { ours: [], bare: [] };
  // The first round warms everything up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
      await emulator.reset();
      Object.assign(emulator.knobs, calm[vendor]);
      const taken = await bench.page.evaluate(
        (vendor, way, address, questions) =>
          globalThis.bench.measure(vendor, way, address, questions),
        vendor,
        way,
        emulator.address,
        questions,
      );
      if (round > 0) times[way].push(taken);
    }
  }
  await emulator.close();
  return summary(times.ours, times.bare);
}

function summary(ours: readonly Times[], bare: readonly Times[]) {
  const connects = (of: readonly Times[]) => median(of.map(({ connect }) => connect));
  const sounds = (of: readonly Times[]) => median(of.flatMap(({ sounds }) => sounds));
  const both = (one: number, other: number) => ({
    ours: one,
    bare: other,
    ratio: Math.round((one / other) * 100) / 100,
  });
  return {
    connect: both(connects(ours), connects(bare)),
    sound: both(sounds(ours), sounds(bare)),
  };
}
