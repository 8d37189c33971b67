import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startMakers } from '../demo/makers';
import { startSite } from '../demo/server';
import type { VendorName } from '../emulators/start';
import { median } from './bench/median';
import { beside, type Measure, type Times } from './bench/vendors/beside';
import { openBenchPage } from './bench/vendors/browser';
import { openBenchPanel } from './bench/vendors/panel';
import { tokensFrom } from './bench/vendors/tokens';
import { buildInto } from './build';

/**
 * `npm run bench:vendors`: how long until an avatar can be seen, and from a question to the first
 * sound, through our panel with its background and a broker, and by a bare page of the same SDK
 * whose own server gets its token from that broker, against the same emulated maker. They take turns
 * within the same run, the order changing, so that whatever else the machine does hits them alike;
 * the budget is of the median of the rounds' ratios. Our adapter in such a page, where it takes turns
 * too, tells what of it is the adapter's. Writes `.bench/vendors.json`, prints a table, and fails
 * where the budget is broken. `BENCH_VENDORS=perso` looks at that one only, `BENCH_ROUNDS=12` longer.
 */
const most = 1.15;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 6);
const questions = ['What is number one?', 'What is number two?', 'What is number three?'];
const ways = ['panel', 'adapter', 'bare'] as const;
type Way = (typeof ways)[number];
const calm: Record<VendorName, object> = {
  inworld: {},
  perso: { answer: 'It is a number like any other.' },
  'soul-machines': {},
};

const chosen = process.env['BENCH_VENDORS']?.split(',') ?? Object.keys(calm);
const names = chosen.filter((name): name is VendorName => name in calm);
const folder = await mkdtemp(path.join(tmpdir(), 'visavis-bench-'));
const extension = await buildInto(folder, 'chrome');
const [demo, site] = [await startMakers(), await startSite()];
const tokens = tokensFrom(demo.broker.address);
const page = await openBenchPage({ token: tokens.token });
const panel = await openBenchPanel({ extension, demo, site, stopwatch: page.stopwatch });
const measures: Record<Way, Measure> = {
  panel: panel.measure,
  adapter: beside(page, 'adapter'),
  bare: beside(page, 'bare'),
};
const report: Record<string, Record<'connect' | 'sound', Row>> = {};
try {
  for (const vendor of names) report[vendor] = await compare(vendor);
} finally {
  await panel.close();
  await page.close();
  await demo.close();
  await site.close();
  await rm(folder, { recursive: true, force: true });
}
const rows = Object.entries(report).flatMap(([vendor, of]) =>
  Object.entries(of).map(([what, row]) => ({ vendor, what, ...row })),
);
const kept = rows.every(({ panelRatio }) => panelRatio <= most);
mkdirSync('.bench', { recursive: true });
writeFileSync('.bench/vendors.json', `${JSON.stringify({ rounds, most, ...report, kept })}\n`);
console.table(rows);
console.log(kept ? `All within ${most} × of the bare page.` : `Not within ${most} ×.`);
process.exitCode = kept ? 0 : 1;

/** Medians in ms, and of each round's ratio to the bare page. */
interface Row extends Record<Way, number> {
  readonly panelRatio: number;
  readonly adapterRatio: number;
}

async function compare(vendor: VendorName) {
  const times: Record<Way, Times[]> = { panel: [], adapter: [], bare: [] };
  await panel.choose(vendor);
  // The first round warms everything up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const shift = round % ways.length;
    for (const way of [...ways.slice(shift), ...ways.slice(0, shift)]) {
      await makeReady(vendor);
      const taken = await measures[way](vendor, questions);
      if (round > 0) times[way].push(taken);
    }
  }
  return {
    connect: row((way) => times[way].map(({ connect }) => connect)),
    sound: row((way) => times[way].map(({ sounds }) => median(sounds))),
  };
}

function row(of: (way: Way) => readonly number[]): Row {
  const ratio = (way: Way) =>
    Math.round(median(of(way).map((one, round) => (100 * one) / (of('bare')[round] ?? 0)))) / 100;
  return {
    panel: median(of('panel')),
    adapter: median(of('adapter')),
    bare: median(of('bare')),
    panelRatio: ratio('panel'),
    adapterRatio: ratio('adapter'),
  };
}

/** Nothing of the last one is left, at the maker or at the broker. */
async function makeReady(vendor: VendorName): Promise<void> {
  await tokens.end();
  const maker = demo.makers.get(vendor);
  while ((maker?.running().length ?? 0) > 0 || (await demo.broker.live()).length > 0)
    await pause(50);
  await maker?.reset();
  Object.assign(maker?.knobs ?? {}, calm[vendor]);
}
