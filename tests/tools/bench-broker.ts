import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, setPriority } from 'node:os';
import autocannon, { type Options, type Request, type Result } from 'autocannon';
import { build } from 'vite';
import shipped from '@/broker/vite.config';
import { keys } from '@/tests/contract/broker/kit';
import type { Kind, Told, Usage } from './bench-broker-server';

/**
 * `npm run bench:broker`: what a session costs us, beside a bare route of the same framework that
 * answers a constant, in the same run. Writes `.bench/broker.json` and fails when a budget is
 * broken.
 *
 * All servers are built as the image is, run in processes of their own with the same flags, and get
 * the very same requests over as many connections, by turns; each figure is the median of the rounds,
 * and each ratio the median of the rounds' own ratios. The generator has another core and never
 * sleeps: a server that is slower than its generator would otherwise pay for waking it, answer by
 * answer.
 *
 * Others on the machine take from the server that is busy all the time, and hardly from one that
 * waits for its generator, which cannot ask as fast as a bare route answers. So all of ours go first,
 * where the system lets us, and beside the requests a second stands what a second of the server's
 * processor is good for; `busy` says how much of the time that was.
 */
const budgets = {
  /** Of the bare route's requests a second. */
  ratio: 0.5,
  /** Growth of the heap from the 20,000th request to the 100,000th. */
  heapMegabytes: 4,
};

const kinds: readonly Kind[] = ['bare', 'bare-json', 'broker'];
const bundle = '.bench/bench-broker-server.mjs';
/** Requests before the first round, for the compiler to have seen enough: a broker runs for weeks. */
const before = 20_000;
/** Many and short, so that whatever else the machine does hits all servers alike. */
const rounds = 20;
const amount = 2000;
const connections = 32;
const requests = 100_000;
const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${keys.alice}` };
const body = JSON.stringify({ provider: 'perso', persona: 'ada' });

interface Round {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of the server's processor a request took. */
  readonly cpu: number;
  /** The part of the time in which the server had work and a processor to do it. */
  readonly busy: number;
}
interface Server {
  readonly kind: Kind;
  readonly child: ChildProcess;
  readonly address: string;
}

await bench();

async function bench(): Promise<void> {
  await bundled();
  const first = goesFirst();
  const speed = await compare();
  const memory = await heap();
  const report = {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`,
    connections,
    goesFirst: first,
    ...speed,
    memory,
    budgets,
    kept: speed.ratio >= budgets.ratio && memory.growthMegabytes <= budgets.heapMegabytes,
  };
  writeFileSync('.bench/broker.json', `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.kept ? 0 : 1;
}

/** Whatever we start from now on comes before the others of the machine, if we may. */
function goesFirst(): boolean {
  try {
    setPriority(-10);
    return true;
  } catch {
    return false;
  }
}

/** As `npm run broker:build` does it: what translates TypeScript on the fly also slows it down. */
async function bundled(): Promise<void> {
  await build({
    ...shipped,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ...shipped.build,
      ssr: '../tests/tools/bench-broker-server.ts',
      outDir: '../.bench',
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: '[name].mjs', codeSplitting: false } },
    },
  });
}

async function compare() {
  const measured: Record<Kind, Round[]> = { bare: [], 'bare-json': [], broker: [] };
  const servers: Server[] = [];
  for (const kind of kinds) {
    const server = await start(kind);
    servers.push(server);
    await load(server, before);
  }
  for (let round = 0; round < rounds; round += 1) {
    // Nobody always comes after the same one.
    for (const server of turned(servers, round)) {
      measured[server.kind].push(await load(server, amount));
    }
  }
  for (const { child } of servers) await stop(child);
  return {
    servers: Object.fromEntries(kinds.map((kind) => [kind, summary(measured[kind])])),
    ratio: ratio(measured.broker, measured.bare, perSecond),
    ratioPerProcessor: ratio(measured.broker, measured.bare, perProcessor),
    ratioToJson: ratio(measured.broker, measured['bare-json'], perSecond),
  };
}

function turned<T>(all: readonly T[], by: number): T[] {
  const first = by % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** All get the very same requests. */
async function load({ child, address }: Server, amount: number): Promise<Round> {
  let loading = true;
  const stayAwake = () => {
    if (loading) setImmediate(stayAwake);
  };
  stayAwake();
  const before = await usageOf(child);
  const { result, microseconds } = await timed({
    amount,
    url: address,
    connections,
    requests: [opening()],
  });
  const after = await usageOf(child);
  loading = false;
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} were refused`);
  return {
    requestsPerSecond: (result.requests.total * 1e6) / microseconds,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (after.cpu - before.cpu) / result.requests.total,
    busy: (after.cpu - before.cpu) / microseconds,
  };
}

/** Until the last answer: the generator itself is done only when it next looks. */
function timed(options: Options) {
  return new Promise<{ result: Result; microseconds: number }>((resolve, reject) => {
    const started = performance.now();
    let last = started;
    autocannon({ ...options, sampleInt: 50 }, (error, result) => {
      if (error) reject(error);
      else resolve({ result, microseconds: (last - started) * 1000 });
    }).on('response', () => {
      last = performance.now();
    });
  });
}

function perSecond({ requestsPerSecond }: Round): number {
  return requestsPerSecond;
}

function perProcessor({ cpu }: Round): number {
  return 1e6 / cpu;
}

/** The worst tail of all, and the median of everything else. */
function summary(all: readonly Round[]) {
  return {
    perProcessorSecond: Math.round(median(all.map(perProcessor))),
    requestsPerSecond: Math.round(median(all.map(perSecond))),
    p50: median(all.map(({ p50 }) => p50)),
    p99: Math.max(...all.map(({ p99 }) => p99)),
    cpuMicroseconds: Math.round(median(all.map(({ cpu }) => cpu))),
    busy: Number(median(all.map(({ busy }) => busy)).toFixed(2)),
  };
}

function ratio(
  one: readonly Round[],
  other: readonly Round[],
  figure: (round: Round) => number,
): number {
  const each = one.flatMap((round, index) => {
    const beside = other[index];
    return beside ? [figure(round) / figure(beside)] : [];
  });
  return Number(median(each).toFixed(2));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Sessions opened and ended again, as people do. */
async function heap() {
  const { child, address } = await start('broker');
  const many = (count: number): Options => ({
    url: address,
    connections,
    amount: count,
    requests: [opening(), ending()],
  });
  await autocannon(many(20_000));
  const early = await usageOf(child, 'collect');
  await autocannon(many(requests - 20_000));
  const late = await usageOf(child, 'collect');
  await stop(child);
  const growth = (late.heap - early.heap) / 1_048_576;
  return { requests, growthMegabytes: Number(growth.toFixed(2)) };
}

function opening(): Request {
  return {
    method: 'POST',
    path: '/v1/sessions',
    setupRequest: (request) => ({
      ...request,
      body,
      headers: { ...headers, 'Idempotency-Key': randomUUID() },
    }),
    onResponse(_, text, context: { session?: string }) {
      const session = /"session":"([^"]+)"/u.exec(text)?.[1];
      if (session !== undefined) context.session = session;
    },
  };
}

function ending(): Request {
  return {
    method: 'POST',
    setupRequest: (request, context: { session?: string }) => ({
      ...request,
      headers,
      path: `/v1/sessions/${context.session ?? 'none'}/end`,
    }),
  };
}

async function start(kind: Kind): Promise<Server> {
  const child = fork(bundle, [kind], { execArgv: ['--expose-gc'] });
  apart(child);
  const told = await answerOf(child);
  if (!('address' in told)) throw new Error('no address');
  return { kind, child, address: told.address };
}

/** On a core of its own, where the system lets us: one that is shared slows the slower one more. */
function apart({ pid }: ChildProcess): void {
  if (process.platform !== 'linux' || cpus().length < 2) return;
  for (const [core, whose] of [process.pid, pid].entries()) {
    execFileSync('taskset', ['-acp', String(core), String(whose)]);
  }
}

async function usageOf(child: ChildProcess, how: 'now' | 'collect' = 'now'): Promise<Usage> {
  child.send(how);
  const told = await answerOf(child);
  if (!('heap' in told)) throw new Error('no usage');
  return told;
}

async function answerOf(child: ChildProcess): Promise<Told> {
  const [told]: Told[] = await once(child, 'message', { signal: AbortSignal.timeout(20_000) });
  if (!told) throw new Error('the server said nothing');
  return told;
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}
