import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMakers } from '../demo/makers';
import { startSite } from '../demo/server';
import { launchChromium } from '../e2e/chromium';
import { listenThroughout, nameBroker, talkTo } from '../e2e/makers';
import { standInRoom } from '../e2e/room';
import { silenceIn } from '../e2e/senses';
import type { View } from '../e2e/view';
import type { VendorName } from '../emulators/start';
import { loud } from '../sound/noise';
import { spoken } from '../sound/spoken';
import { hasLoudspeaker } from './bench/loudspeaker';
import { median } from './bench/median';
import { cutIn, type Cut } from './bench/cutting';
import { cutVis } from './bench/own-voice';
import { openBenchPage } from './bench/vendors/browser';
import { tokensFrom } from './bench/vendors/tokens';
import { buildInto } from './build';

/**
 * `npm run bench:barge-in`: how long the panel can still be heard after Esc, and after the first
 * sound of a reader who speaks over it, beside a bare page of the same maker's SDK and its own call
 * for silence; for Vis, of the browser's own voice and its `cancel`. They take turns within one run
 * against the same emulated maker; all is measured on the sound that is played. The bare page is told
 * the moment a reader begins: to find it out is a part of the `most` ms the panel may take longer.
 * Writes `.bench/barge-in.json`, prints a table, and fails where that is broken.
 */
const most = 100;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 4);
const avatars: readonly (readonly [VendorName, string])[] = [
  ['perso', 'Mina'],
  ['inworld', 'Sage'],
  ['soul-machines', 'Nova'],
];
const chosen = process.env['BENCH_VENDORS']?.split(',');

const folder = await mkdtemp(path.join(tmpdir(), 'visavis-bench-'));
const site = await startSite();
const demo = await startMakers();
const extension = await buildInto(folder, 'chrome');
const browser = await launchChromium({ extension });
const tokens = tokensFrom(demo.broker.address);
const bench = await openBenchPage({ token: tokens.token });
const report: Record<string, Record<string, Row>> = {};
try {
  await browser.setMicrophone('granted');
  await nameBroker(browser, demo.broker.address);
  await listenThroughout(browser);
  for (const [vendor, name] of avatars) {
    if (chosen?.includes(vendor) !== false) report[vendor] = await compare(vendor, name);
  }
  if (hasLoudspeaker && chosen?.includes('local') !== false) {
    const { keys, bare } = await cutVis(extension, `${site.origin}/reef`, rounds);
    // By voice nobody can cut in on it: the browser cannot take the system's voices out of what it hears.
    report['local'] = { Esc: row(keys, bare) };
  }
} finally {
  await browser.closePanel();
  await bench.close();
  await browser.close();
  await demo.close();
  await site.close();
  await rm(folder, { recursive: true, force: true });
}
const rows = Object.entries(report).flatMap(([vendor, of]) =>
  Object.entries(of).map(([by, row]) => ({ vendor, by, ...row })),
);
const kept = rows.every(({ more }) => more <= most);
mkdirSync('.bench', { recursive: true });
writeFileSync('.bench/barge-in.json', `${JSON.stringify({ rounds, most, rows, kept }, null, 2)}\n`);
console.table(rows);
console.log(kept ? `None takes over ${most} ms more.` : `Some take over ${most} ms more.`);
process.exitCode = kept ? 0 : 1;

async function compare(vendor: VendorName, name: string) {
  const panel = await talkTo(browser, name, `${site.origin}/reef`);
  await standInRoom(panel, 0.1);
  const [keys, voices, bare]: [Cut[], Cut[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    keys.push(await cutIn(panel, null));
    bare.push(await cutBare(vendor));
    await click(panel);
    await panel.find('button', 'Stop listening');
    voices.push(await cutIn(panel, loud(spoken('fish'), -14)));
    await panel.clickOn('button', 'Stop listening');
    await panel.press('Escape');
    await silenceIn(panel);
    console.error(vendor, { key: keys.at(-1), voice: voices.at(-1), bare: bare.at(-1) });
  }
  await browser.closePanel();
  return { Esc: row(keys, bare), voice: row(voices, bare) };
}

/** A page with nothing but that maker's SDK: from its own call for silence to the last sound, ms. */
async function cutBare(vendor: VendorName): Promise<number> {
  const { page, address } = bench;
  await page.goto(`${address}/?vendor=${vendor}&way=bare`);
  await page.evaluate(async () => globalThis.bench.connected);
  const taken = await page.evaluate(async () => globalThis.bench.cut());
  await page.evaluate(async () => globalThis.bench.close());
  await page.goto('about:blank');
  await tokens.end();
  return taken;
}

/** As the shortcut and a screen reader do it. */
async function click(panel: View): Promise<void> {
  await panel.evaluate(() => document.querySelector<HTMLButtonElement>('.microphone')?.click());
}

/** Medians, ms; `more`: of the rounds' differences to the bare page. */
type Row = Record<'bare' | 'silent' | 'more' | 'sure', number>;

function row(cuts: readonly Cut[], bare: readonly number[]): Row {
  return {
    bare: median(bare),
    silent: median(cuts.map(({ silent }) => silent)),
    more: median(cuts.map(({ silent }, round) => silent - (bare[round] ?? 0))),
    sure: median(cuts.map(({ sure }) => sure)),
  };
}
