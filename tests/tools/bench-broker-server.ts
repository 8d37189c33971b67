import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { stringify } from 'yaml';
import { createBroker } from '@/broker/broker';
import { readConfig } from '@/broker/config/read';
import { createLog, lines } from '@/broker/log';
import { serve } from '@/broker/serve';
import type { Vendor } from '@/broker/vendors/vendor';
import { access } from '@/tests/contract/broker/kit';

/**
 * One of the servers of `bench-broker.ts`, in a process of its own. `bare` answers a constant;
 * `bare-json` reads the request's JSON first, as any route that opens something has to.
 */
export type Kind = 'bare' | 'bare-json' | 'broker';

export type Told = { readonly address: string } | Usage;

/** Bytes of heap, collected before if that was asked, and microseconds of processor since it started. */
export interface Usage {
  readonly heap: number;
  readonly cpu: number;
}

const stub: Vendor = {
  offer: {
    provider: 'perso',
    capabilities: [],
    origins: [],
    personas: [{ id: 'ada', name: 'Ada', description: null, languages: [], price: null }],
  },
  open: async () => ({
    grant: {
      provider: 'perso',
      credential: {
        kind: 'perso-session',
        value: 'constant',
        expires_at: '2030-01-01T00:00:00Z',
        single_use: true,
      },
      connect: { api_server: 'https://vendor.example', intro_message: null },
    },
    reference: null,
  }),
};

process.on('SIGINT', () => process.exit(0));
process.on('message', (asked) => {
  if (asked === 'collect') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  tell({ heap: process.memoryUsage().heapUsed, cpu: user + system });
});
const kind = process.argv[2];
tell({ address: kind === 'broker' ? await realBroker() : await bareRoute(kind === 'bare-json') });

function tell(what: Told): void {
  process.send?.(what);
}

async function bareRoute(reads: boolean): Promise<string> {
  const app = new Hono();
  app.post('/v1/sessions', async (c) => {
    if (reads) await c.req.json();
    return c.json({ session: 'constant' }, 201);
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

/** As it ships, log included; only the vendor is a stub, and no limit is ever reached. */
async function realBroker(): Promise<string> {
  const { config, secrets } = readConfig(stringify({ access, listen: { port: 0 } }), 'bench', {});
  const most = 1_000_000_000;
  const limits = {
    ...config.limits,
    requests_per_minute: most,
    requests_per_minute_and_address: most,
    live_sessions: most,
    minutes_per_day: most,
  };
  const unlimited = { config: { ...config, limits }, secrets };
  const log = createLog('info', secrets, lines('/dev/null'));
  const { address } = await serve(createBroker(unlimited, { log, vendors: [stub] }), config.listen);
  return address;
}
