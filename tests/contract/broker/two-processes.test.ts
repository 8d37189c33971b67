import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { access, keys, opening } from './kit';
import { startRedis, type RedisServer } from './redis-server';

/** Two real brokers, as `npm run broker` starts them, and one Redis between them. */
const limit = 17;
let redis: RedisServer;
let folder: string;
const processes: ChildProcess[] = [];
let addresses: string[];

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'broker-'));
  const file = join(folder, 'broker.yml');
  writeFileSync(
    file,
    stringify({
      access,
      listen: { port: 0 },
      limits: {
        live_sessions: limit,
        requests_per_minute: 10_000,
        requests_per_minute_and_address: 10_000,
      },
      redis: { url: { env: 'REDIS_URL' } },
      providers: {
        'soul-machines': {
          personas: [{ id: 'ada', name: 'Ada', key_name: 'name', key: { env: 'SM_KEY' } }],
        },
      },
    }),
  );
  addresses = await Promise.all([start(file), start(file)]);
}, 30_000);

afterAll(async () => {
  for (const child of processes) child.kill('SIGKILL');
  await redis?.stop();
  rmSync(folder, { recursive: true });
});

it('keep a limit of N exact under 200 callers at once', async () => {
  const [one = '', other = ''] = addresses;
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      fetch(
        `${index % 2 === 0 ? one : other}/v1/sessions`,
        opening(keys.alice, { provider: 'soul-machines' }),
      ),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(limit);
  expect(statuses.filter((status) => status === 429)).toHaveLength(200 - limit);
}, 30_000);

/** Resolves to the address it says it listens at. */
function start(file: string): Promise<string> {
  const child = fork('broker/main.ts', [file], {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      REDIS_URL: redis.url,
      SM_KEY: 'a private key',
      TSX_TSCONFIG_PATH: 'broker/tsconfig.json',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  processes.push(child);
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', () => reject(new Error(`the broker did not start:\n${output}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /"address":"([^"]+)"/u.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}
