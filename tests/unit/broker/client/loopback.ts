import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Broker } from '@/lib/broker/broker';
import type { Wire } from '@/lib/broker/call';
import type { BrokeredSession, Discovery, Problem } from '@/lib/broker/contract';
import { Troubled, type Trouble } from '@/lib/broker/trouble';

/** What one request carried. */
interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Behave = (heard: Heard, response: ServerResponse, nth: number) => void;

/** A server on loopback that behaves as told, for as long as the test runs. */
export async function startLoopback(behave: Behave) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(parts).toString() };
      heard.push(one);
      behave(one, response, heard.length);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return { address: `http://127.0.0.1:${port}`, heard };
}

/** Waited for what never comes, ms. */
export const impatient = 400;

/** The browser's own fetch, and how long it waits, ms. */
export function wireFor(patience = 15_000, now = () => Date.now()): Wire {
  return { fetch: (url, init) => fetch(url, init), patience, now };
}

export function json(response: ServerResponse, status: number, body: unknown, type?: string): void {
  response.writeHead(status, { 'Content-Type': type ?? 'application/json' });
  response.end(JSON.stringify(body));
}

export const trace = '0123456789abcdef0123456789abcdef';

/** A problem as the contract writes it. */
export function problem(
  response: ServerResponse,
  { code, status, ...more }: Partial<Problem> & Pick<Problem, 'code' | 'status'>,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = {
    type: `urn:avatar-broker:problem:${code}`,
    title: 'No',
    detail: 'It is not to be.',
    action: 'try_again',
    trace,
    code,
    status,
    ...more,
  };
  response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers });
  response.end(JSON.stringify(body));
}

export const discovery: Discovery = {
  versions: [1],
  name: 'Avatars for everybody',
  operator: { name: 'Example Ltd', url: 'https://example.com', contact: null },
  privacy_url: 'https://example.com/privacy',
  disclosure: null,
  price: 'Free',
  auth: [{ type: 'bearer' }],
  providers: [
    {
      provider: 'inworld',
      capabilities: ['voice'],
      origins: [],
      personas: [
        { id: 'nova', name: 'Nova', description: null, languages: ['en'], price: null },
        { id: 'ada', name: 'Ada', description: null, languages: [], price: null },
      ],
    },
  ],
  context: 'page',
  limits: { live_sessions: 1, seconds_per_day: 3600, idle_seconds: 180, session_seconds: 1800 },
};

export const nova = { provider: 'inworld', persona: 'nova' } as const;

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

export function sessionAnswer(minutes = 60, id = 'session-0123456789abcdef'): BrokeredSession {
  return {
    session: id,
    persona: 'nova',
    provider: 'inworld',
    credential: {
      kind: 'inworld-token',
      value: 'token-of-the-vendor',
      type: 'Bearer',
      session_id: 'theirs',
      expires_at: inMinutes(minutes),
      single_use: false,
    },
    connect: {
      gateway: { hostname: 'api.example.com', ssl: true },
      scene: 'workspaces/a/scenes/b',
    },
    ice_servers: [],
    force_relay: false,
    limits: { ends_at: inMinutes(30), renew_by: inMinutes(5), idle_seconds: 180 },
    quota: {
      seconds_limit: 3600,
      seconds_used: 0,
      resets_at: inMinutes(600),
      live_limit: 1,
      live: 1,
    },
    trace,
  };
}

export function brokerAt(address: string, more: Partial<Broker> = {}): Broker {
  return { address, discovery, plain: null, auth: { type: 'bearer' }, avatar: nova, ...more };
}

/** The trouble a promise ends in. @throws where it ends well */
export async function troubleOf(doing: Promise<unknown>): Promise<Trouble> {
  try {
    await doing;
  } catch (thrown) {
    if (thrown instanceof Troubled) return thrown.trouble;
    throw thrown;
  }
  throw new Error('It went well, which it should not have.');
}
