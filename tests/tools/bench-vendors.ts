import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startMakers } from '../demo/makers';
import { startSite } from '../demo/server';
import type { VendorName } from '../emulators/start';
import { median } from './bench/median';
import { openBeside, type Measure, type Times } from './bench/vendors/beside';
import { openBenchPanel } from './bench/vendors/panel';
import { serveBench } from './bench/vendors/serve';
import type { Answered } from './bench/vendors/stopwatch';
import { tokensFrom } from './bench/vendors/tokens';
import { buildInto } from './build';

/**
 * `npm run bench:vendors`: how long until an avatar can be seen, and from a question to the first
 * sound, through our panel and by a bare page of the same SDK, against the same emulated maker.
 *
 * Both in one window of one browser, visible, from the disk or loopback each time, never from a
 * cache: a new document, counted from its beginning to the first picture of the maker's video (of
 * one without a face: until it can be asked), then questions, each typed and counted from Enter to
 * the first sound: after a key a browser lets a page's other work wait for the next frame. Half of
 * them meet a maker as quick as the quickest in the field: `sound`, which has the budget. The others
 * meet one that need not think, where nothing of ours can hide: `at once`.
 * - The panel is the built extension's own side panel, called by its toolbar button beside an
 *   article: it reads who is wanted and what was said, has the background ask the broker, opens the
 *   avatar; on Enter it reads the article and asks.
 * - The bare page is a tab with the same article in it, without background, transcript or face. As
 *   its maker's guide has it, it fetches its maker's chunk and, from its own server, what that got
 *   from the same broker; connects; attaches the media to a picture of the same size. It tells what
 *   ours tells: title and address, and the text where the maker takes one, read at each question.
 *
 * They take turns within the run, the order changing, so that whatever else the machine does hits
 * them alike; the budget is of the median of the rounds' ratios. Writes `.bench/vendors.json`,
 * prints tables, and fails where the budget is broken. `BENCH_VENDORS=perso` looks at that one only,
 * `BENCH_ROUNDS=24` longer; `BENCH_WAYS=panel,adapter,bare` has our adapter in such a tab as well.
 */
const most = 1.15;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 12);
/** To connect is quickly measured and differs most: questions are asked in every third round. */
const asks = (round: number) => round % 3 === 1;
const numbers = ['one', 'two', 'three', 'four'];
/**
 * Until the first word, and from words to their voice, ms: the lower ends for a language model and
 * for speech (docs.agora.io, “Optimize conversation latency”).
 */
const quickest = { model: 250, voice: 100 };
type Way = 'panel' | 'adapter' | 'bare';
const ways = (process.env['BENCH_WAYS']?.split(',') ?? ['panel', 'bare']) as Way[];
const calm: Record<VendorName, object> = {
  inworld: {},
  perso: { answer: 'It is a number like any other.' },
  'soul-machines': {},
};
/** Those who give words and voice in one are given the time of both. */
const whole = { thinks: quickest.model + quickest.voice };
const thinking: Record<VendorName, object> = {
  inworld: whole,
  perso: { thinks: quickest.model, voices: quickest.voice },
  'soul-machines': whole,
};
const atOnce = { thinks: 0, voices: 0 };

const chosen = process.env['BENCH_VENDORS']?.split(',') ?? Object.keys(calm);
const names = chosen.filter((name): name is VendorName => name in calm);
const folder = await mkdtemp(path.join(tmpdir(), 'visavis-bench-'));
const extension = await buildInto(folder, 'chrome');
const [demo, site] = [await startMakers(), await startSite()];
const tokens = tokensFrom(demo.broker.address);
const bench = await serveBench({ token: tokens.token, article: await articleOf(site.origin) });
const panel = await openBenchPanel({ extension, demo, site, stopwatch: bench.stopwatch });
const beside = await openBeside(panel.browser, bench, await panel.room());
const measures: Record<Way, Measure> = {
  panel: panel.measure,
  adapter: beside.measure('adapter'),
  bare: beside.measure('bare'),
};
const report: Record<string, Compared> = {};
try {
  for (const vendor of names) {
    report[vendor] = await compare(vendor);
    console.error(vendor, report[vendor]);
  }
} finally {
  await panel.close();
  await bench.close();
  await demo.close();
  await site.close();
  await rm(folder, { recursive: true, force: true });
}
const rows = Object.entries(report).flatMap(([vendor, { connect, sound, atOnce }]) => [
  { vendor, what: 'connect', ...connect },
  { vendor, what: 'sound', ...sound },
  { vendor, what: 'at once', ...atOnce },
]);
const kept = rows.every(({ what, ratio }) => what === 'at once' || ratio <= most);
mkdirSync('.bench', { recursive: true });
writeFileSync('.bench/vendors.json', `${JSON.stringify({ rounds, most, ...report, kept })}\n`);
console.table(rows);
console.table(
  Object.entries(report).flatMap(([vendor, { steps }]) =>
    Object.entries(steps).map(([way, taken]) => ({ vendor, way, ...taken })),
  ),
);
console.log(kept ? `All within ${most} × of the bare page.` : `Not within ${most} ×.`);
process.exitCode = kept ? 0 : 1;

/** Medians in ms, and of each round's ratio of the panel to the bare page. */
type Row = Partial<Record<Way, number>> & { readonly ratio: number };

interface Compared {
  readonly connect: Row;
  readonly sound: Row;
  /** As `sound`, with a maker that need not think. */
  readonly atOnce: Row;
  /** By way, what happened when: until it was seen, since the document began; since it was asked. */
  readonly steps: Partial<Record<Way, Readonly<Record<string, number>>>>;
}

async function compare(vendor: VendorName): Promise<Compared> {
  const times: Record<Way, Times[]> = { panel: [], adapter: [], bare: [] };
  const knobs = demo.makers.get(vendor)?.knobs ?? {};
  // In turns, so that neither kind meets an avatar that is more used to being asked.
  const questions = numbers.map((number, nth) => ({
    text: `What is number ${number}?`,
    before: () => void Object.assign(knobs, kindOf(nth) === 'thinking' ? thinking[vendor] : atOnce),
  }));
  await panel.choose(vendor);
  // The first round warms everything up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const shift = round % ways.length;
    for (const way of [...ways.slice(shift), ...ways.slice(0, shift)]) {
      await makeReady(vendor);
      const taken = await measures[way](vendor, asks(round) ? questions : []);
      if (round > 0) times[way].push(taken);
    }
  }
  const heard = (kind: Kind) => (way: Way) =>
    times[way]
      .filter(({ answers }) => answers.length > 0)
      .map((time) => median(answersOf(time, kind).map(({ heard }) => heard)));
  return {
    connect: row((way) => times[way].map(({ connect }) => connect)),
    sound: row(heard('thinking')),
    atOnce: row(heard('at once')),
    steps: Object.fromEntries(ways.map((way) => [way, stepsOf(times[way])])),
  };
}

type Kind = 'thinking' | 'at once';

/** By the place of a question among them. */
function kindOf(nth: number): Kind {
  return nth % 2 === 0 ? 'thinking' : 'at once';
}

function answersOf({ answers }: Times, kind: Kind): readonly Answered[] {
  return answers.filter((_, nth) => kindOf(nth) === kind);
}

function row(of: (way: Way) => readonly number[]): Row {
  const bare = of('bare');
  const ratios = of('panel').map((one, round) => one / (bare[round] ?? 0));
  return {
    ...Object.fromEntries(ways.map((way) => [way, median(of(way))])),
    ratio: median(ratios.map((one) => one * 100)) / 100,
  };
}

function stepsOf(times: readonly Times[]): Readonly<Record<string, number>> {
  const names = ['begun', 'call', 'socket', 'peer', 'linked'];
  const steps = names.map((name) => [name, median(times.map(({ steps }) => steps[name] ?? 0))]);
  return {
    ...Object.fromEntries(steps),
    seen: median(times.map(({ connect }) => connect)),
    told: median(times.flatMap((time) => answersOf(time, 'at once').map(({ told }) => told))),
    heard: median(times.flatMap((time) => answersOf(time, 'at once').map(({ heard }) => heard))),
  };
}

/** What stands in the page, without what it loads. */
async function articleOf(origin: string): Promise<string> {
  const page = await (await fetch(`${origin}/reef`)).text();
  return /<main>[^]*<\/main>/u.exec(page)?.[0] ?? '';
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
