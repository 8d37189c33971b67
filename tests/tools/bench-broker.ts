import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import autocannon, { type Options, type Request } from 'autocannon';
import { keys } from '@/tests/contract/broker/kit';
import type { Kind, Told, Usage } from './bench-broker-server';

/**
 * `npm run bench:broker`: what a session costs us, beside a bare route of the same framework that
 * answers a constant, in the same run, each in a process of its own. Writes `.bench/broker.json`
 * and fails when a budget is broken.
 *
 * They are asked by turns, so that whatever else the machine does hits them alike; each figure is the median of the rounds, and the ratio the median of the
 * rounds' own ratios. Since a load generator that waits costs the server a wake-up for each answer,
 * which a generator that is always behind does not, the processor time of both is told as well, at
 * full speed and at the same number of requests a second.
 */
const budgets = {
  /** Of the bare route's requests a second. */
  ratio: 0.5,
  /** Growth of the heap from the 20,000th request to the 100,000th. */
  heapMegabytes: 4,
};

const kinds: readonly Kind[] = ['bare', 'bare-json', 'broker'];
const seconds = 3;
const rounds = 5;
const connections = 32;
/** Well within what every one of them can do. */
const evenRate = 1500;
const requests = 100_000;
const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${keys.alice}` };
const body = JSON.stringify({ provider: 'perso', persona: 'ada' });

interface Round {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of the server's processor a request took. */
  readonly cpu: number;
}
type Server = Awaited<ReturnType<typeof start>>;

await bench();

async function bench(): Promise<void> {
  const speed = await compare();
  const memory = await heap();
  const report = {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`,
    connections,
    ...speed,
    memory,
    budgets,
    kept: speed.ratio >= budgets.ratio && memory.growthMegabytes <= budgets.heapMegabytes,
  };
  mkdirSync('.bench', { recursive: true });
  writeFileSync('.bench/broker.json', `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.kept ? 0 : 1;
}

async function compare() {
  const full: Record<Kind, Round[]> = { bare: [], 'bare-json': [], broker: [] };
  const even: Record<Kind, Round[]> = { bare: [], 'bare-json': [], broker: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Nobody always comes after the same one.
    for (const kind of turned(kinds, round)) {
      // A new one each time: by then it holds more live sessions than any broker ever will.
      const server = await start(kind);
      // Until the compiler has seen enough: a broker runs for weeks.
      await load(server, { duration: seconds });
      full[kind].push(await load(server, { duration: seconds }));
      even[kind].push(await load(server, { duration: seconds, overallRate: evenRate }));
      await stop(server.child);
    }
  }
  return {
    servers: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        {
          ...summary(full[kind]),
          cpuAtEvenRate: Math.round(median(even[kind].map(({ cpu }) => cpu))),
        },
      ]),
    ),
    /** The budget's: of a bare route that answers a constant. */
    ratio: ratio(full.broker, full.bare),
    ratioToJson: ratio(full.broker, full['bare-json']),
  };
}

function turned<T>(all: readonly T[], by: number): T[] {
  const first = by % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** All get the very same requests. */
async function load({ child, address }: Server, how: Pick<Options, 'duration' | 'overallRate'>) {
  const before = await usageOf(child);
  const result = await autocannon({ ...how, url: address, connections, requests: [opening()] });
  const after = await usageOf(child);
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} were refused`);
  return {
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (after.cpu - before.cpu) / result.requests.total,
  };
}

/** The worst tail of all, and the median of everything else. */
function summary(all: readonly Round[]) {
  return {
    requestsPerSecond: Math.round(median(all.map((round) => round.requestsPerSecond))),
    p50: median(all.map(({ p50 }) => p50)),
    p99: Math.max(...all.map(({ p99 }) => p99)),
    cpuMicroseconds: Math.round(median(all.map(({ cpu }) => cpu))),
  };
}

function ratio(one: readonly Round[], other: readonly Round[]): number {
  const each = one.map(({ requestsPerSecond }, round) => {
    return requestsPerSecond / (other[round]?.requestsPerSecond ?? Number.NaN);
  });
  return Number(median(each).toFixed(2));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
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
