import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import autocannon, { type Options, type Request, type Result } from 'autocannon';
import { keys } from '@/tests/contract/broker/kit';
import type { Kind, Told, Usage } from './bench-broker-server';

/**
 * `npm run bench:broker`: what a session costs us, beside a bare route of the same framework that
 * answers a constant, in the same run, each in a process of its own. Writes `.bench/broker.json`
 * and fails when a budget is broken.
 */
const budgets = {
  /** Of the bare route's requests a second. */
  ratio: 0.5,
  /** Growth of the heap from the 20,000th request to the 100,000th. */
  heapMegabytes: 4,
};

const seconds = 8;
const rounds = 3;
const connections = 32;
const requests = 100_000;
const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${keys.alice}` };
const body = JSON.stringify({ provider: 'perso', persona: 'ada' });

/** `cpu`: microseconds of the server's processor a request took, whatever else the machine did. */
type Round = Result & { readonly cpu: number };

await bench();

async function bench(): Promise<void> {
  const bare: Round[] = [];
  const broker: Round[] = [];
  // By turns, so that whatever else the machine does hits both.
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await load('bare'));
    broker.push(await load('broker'));
  }
  const speed = { bare: summary(bare), broker: summary(broker) };
  const ratio = speed.broker.requestsPerSecond / speed.bare.requestsPerSecond;
  const memory = await heap();
  const report = {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`,
    connections,
    ...speed,
    ratio: Number(ratio.toFixed(2)),
    memory,
    budgets,
    kept: ratio >= budgets.ratio && memory.growthMegabytes <= budgets.heapMegabytes,
  };
  mkdirSync('.bench', { recursive: true });
  writeFileSync('.bench/broker.json', `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.kept ? 0 : 1;
}

/** Both get the very same requests. */
async function load(kind: Kind): Promise<Round> {
  const { child, address } = await start(kind);
  const options = { url: address, connections, requests: [opening()] };
  // Until the compiler has seen enough: a broker runs for weeks.
  await autocannon({ ...options, duration: 5 });
  const before = await usageOf(child);
  const result = await autocannon({ ...options, duration: seconds });
  const after = await usageOf(child);
  await stop(child);
  if (result.non2xx + result.errors > 0) throw new Error(`${kind}: ${result.non2xx} were refused`);
  return { ...result, cpu: (after.cpu - before.cpu) / result.requests.total };
}

/** The median round, and the worst tail of all. */
function summary(results: readonly Round[]) {
  const [median] = [...results]
    .sort((a, b) => a.requests.average - b.requests.average)
    .slice(Math.floor(results.length / 2));
  return {
    requestsPerSecond: Math.round(median?.requests.average ?? 0),
    p50: median?.latency.p50 ?? 0,
    p99: Math.max(...results.map(({ latency }) => latency.p99)),
    cpuMicroseconds: Math.round(Math.min(...results.map(({ cpu }) => cpu))),
  };
}

/** Sessions opened and ended again, as people do. */
async function heap() {
  const { child, address } = await start('broker');
  const amount = (count: number): Options => ({
    url: address,
    connections,
    amount: count,
    requests: [opening(), ending()],
  });
  await autocannon(amount(20_000));
  const early = await usageOf(child);
  await autocannon(amount(requests - 20_000));
  const late = await usageOf(child);
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

async function start(kind: Kind): Promise<{ child: ChildProcess; address: string }> {
  const child = fork('tests/tools/bench-broker-server.ts', [kind], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    env: { ...process.env, TSX_TSCONFIG_PATH: 'broker/tsconfig.json' },
  });
  const told = await answerOf(child);
  if (!('address' in told)) throw new Error('no address');
  return { child, address: told.address };
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage');
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
