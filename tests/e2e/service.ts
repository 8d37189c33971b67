import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';
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
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * The reference broker itself, on loopback, with a Soul Machines account that never calls out, and
 * in front of it what sees all it is sent.
 */
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
    listen: { host: '127.0.0.1', port: 0 },
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
  const behind = await serve(broker, read.config.listen);
  const reached: Reached[] = [];
  const pass = async (asked: IncomingMessage, answer: ServerResponse) => {
    const { method = '', url: path = '', headers } = asked;
    const body = await text(asked);
    reached.push({ method, path, headers, body });
    const onward = request(behind.address + path, { method, headers }).end(body);
    const [back]: IncomingMessage[] = await once(onward, 'response');
    if (path === '/v1/sessions') await gate?.();
    answer.writeHead(back?.statusCode ?? 502, back?.headers);
    back?.pipe(answer);
  };
  const front = createServer((asked, answer) => void pass(asked, answer));
  front.listen(port, '127.0.0.1');
  await once(front, 'listening');
  return {
    address: addressOf(front),
    reached,
    async close() {
      front.closeAllConnections();
      front.close();
      await behind.stop();
    },
  };
}

/** A port nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = new URL(addressOf(server));
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return Number(port);
}

function addressOf(server: Server): string {
  const bound = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
}
