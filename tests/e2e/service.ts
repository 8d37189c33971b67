import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { stringify } from 'yaml';
import { hashOf } from '@/broker/auth/keys';
import { createBroker } from '@/broker/broker';
import { readConfig } from '@/broker/config/read';
import { createLog } from '@/broker/log';
import { serve } from '@/broker/serve';

/** One request as it reached the broker. */
interface Reached {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The reference broker itself, on loopback, with a Soul Machines account that never calls out. */
export interface Service {
  readonly address: string;
  readonly reached: Reached[];
  close(): Promise<void>;
}

export const key = 'avk_reader_0123456789abcdefghijklmnopqrstu';
export const rotated = 'avk_rotated_0123456789abcdefghijklmnopqrst';

interface Options {
  readonly port?: number;
  readonly access?: Readonly<Record<string, unknown>>;
  /** Every answer to a request for a session waits for it. */
  readonly gate?: () => Promise<void>;
}

export const accessKeys = (one: string) => ({ keys: [{ name: 'reader', hashes: [hashOf(one)] }] });

export async function startService(options: Options = {}): Promise<Service> {
  const { port = 0, access = accessKeys(key), gate } = options;
  const config = {
    name: 'Avatars of the reading room',
    operator: { name: 'Example Library', url: 'https://library.example' },
    privacy_url: 'https://library.example/privacy',
    price: 'Free for members',
    context: 'selection',
    listen: { host: '127.0.0.1', port },
    limits: { live_sessions: 3 },
    access,
    providers: {
      'soul-machines': {
        personas: [
          { id: 'nova', name: 'Nova', languages: ['en'], key_name: 'k', key: { env: 'SM_KEY' } },
          { id: 'sam', name: 'Sam', key_name: 'k', key: { env: 'SM_KEY' } },
        ],
      },
    },
  };
  const environment = { SM_KEY: 'a-key-of-the-vendor-that-nobody-sees-0123456789' };
  const read = readConfig(stringify(config), 'e2e.yml', environment);
  const broker = createBroker(read, { log: createLog('silent', read.secrets) });
  const reached: Reached[] = [];
  const { fetch } = broker.app;
  const listening = await serve(
    {
      ...broker,
      app: Object.assign(Object.create(broker.app), {
        fetch: async (request: Request, { incoming }: { incoming: IncomingMessage }) => {
          const body = await request.clone().text();
          const { headers: written, socket } = incoming;
          // The broker reads the body from Node, where it has just been read.
          const again = Object.assign(Readable.from([Buffer.from(body)]), {
            headers: written,
            socket,
          });
          const { pathname } = new URL(request.url);
          const headers = Object.fromEntries(request.headers);
          reached.push({ method: request.method, path: pathname, headers, body });
          const answer = await Reflect.apply(fetch, broker.app, [request, { incoming: again }]);
          if (pathname === '/v1/sessions') await gate?.();
          return answer;
        },
      }),
    },
    read.config.listen,
  );
  return { address: listening.address, reached, close: () => listening.stop() };
}

/** A port nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof bound === 'object' && bound ? bound.port : 0;
}
