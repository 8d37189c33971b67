import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import * as v from 'valibot';
import { afterEach, expect, it } from 'vitest';
import { health, problem, session } from '@/lib/broker/contract';
import { serve, type Listening } from '@/broker/serve';
import {
  access,
  brokerWith,
  fakeVendor,
  keys,
  opening,
  post,
  type FakeVendor,
  type Written,
} from './kit';

let listening: Listening | null = null;
afterEach(async () => {
  await listening?.stop();
  listening = null;
});

interface Starting {
  readonly vendor?: FakeVendor;
  readonly config?: Written;
  readonly clock?: () => number;
  readonly log?: (line: string) => void;
}

async function started({ vendor = fakeVendor(), config, ...rest }: Starting = {}) {
  const broker = brokerWith({ config: { access, ...config }, vendors: [vendor], ...rest });
  listening = await serve(broker, { host: '127.0.0.1', port: 0 });
  const { address } = listening;
  const socket = async () => {
    const open = connect(Number(new URL(address).port), '127.0.0.1');
    await once(open, 'connect');
    return open;
  };
  return { address, broker, listening, socket, vendor };
}

/** All that comes until the other end closes. */
async function rest(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

const head = (...lines: readonly string[]) =>
  ['POST /v1/sessions HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${keys.alice}`, ...lines]
    .map((line) => `${line}\r\n`)
    .join('')
    .concat('\r\n');

it('a body longer than a request can be is refused before it is read', async () => {
  const { socket } = await started();
  const open = await socket();
  open.write(
    head('Content-Type: application/json', 'Content-Length: 10000000', 'Connection: close'),
  );
  const [answer] = await once(open, 'data');
  expect(String(answer)).toContain('HTTP/1.1 413');
  open.destroy();
});

it('a body that does not say how long it is is cut off where a request ends', async () => {
  const { address } = await started();
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(1000))),
  });
  const init: RequestInit & { duplex: 'half' } = {
    ...opening(keys.alice, {}),
    body: endless,
    duplex: 'half',
  };
  const response = await fetch(`${address}/v1/sessions`, init);
  expect(response.status).toBe(413);
  expect(v.parse(problem, await response.json()).code).toBe('too_large');
});

it('a body that comes in pieces is read whole', async () => {
  const { socket, vendor } = await started();
  const open = await socket();
  const body = JSON.stringify({ provider: 'perso', persona: 'ben' });
  const key = `Idempotency-Key: ${'k'.repeat(16)}`;
  const length = `Content-Length: ${body.length}`;
  open.write(head('Content-Type: application/json', length, key, 'Connection: close'));
  for (const piece of body.match(/.{1,9}/gu) ?? []) {
    await new Promise((resolve) => {
      open.write(piece, resolve);
    });
  }
  expect(await rest(open)).toContain('HTTP/1.1 201');
  expect(vendor.opened).toEqual(['ben']);
});

it('a body that breaks off opens nothing and is no bug of ours', async () => {
  const lines: string[] = [];
  const { socket, vendor } = await started({ log: (line) => lines.push(line) });
  const open = await socket();
  open.write(`${head('Content-Type: application/json', 'Content-Length: 20')}{"prov`);
  open.end();
  await expect.poll(() => lines.join(''), { timeout: 10_000 }).toContain('"route":"/v1/sessions"');
  expect(lines.join('')).toContain('"code":"invalid_request"');
  expect(lines.join('')).not.toContain('"level":"error"');
  expect(vendor.opened).toEqual([]);
});

it('a body that drips is given up', async () => {
  const { socket, vendor } = await started();
  const open = await socket();
  open.write(head('Content-Type: application/json', 'Content-Length: 4000'));
  const drip = setInterval(() => open.write(' '), 200);
  const answer = await rest(open);
  clearInterval(drip);
  expect(answer).not.toContain('201');
  expect(vendor.opened).toEqual([]);
}, 20_000);

const ask = { provider: 'perso' };
const openingFrom = (origin: string) =>
  post(keys.alice, ask, { Origin: origin, 'Idempotency-Key': randomUUID() });

it.each<[string, () => RequestInit]>([
  ['one that is given', () => opening(keys.alice, ask)],
  ['an extension’s', () => openingFrom(`chrome-extension://${'a'.repeat(32)}`)],
  ['a web page’s', () => openingFrom('https://evil.example')],
  ['nobody’s', () => opening('avk_wrong', ask)],
  ['one without a key of its own', () => post(keys.alice, ask)],
  ['one without a body', () => opening(keys.alice, undefined)],
  ['one too long', () => opening(keys.alice, { provider: 'x'.repeat(5000) })],
  ['a form’s', () => post(keys.alice, ask, { 'Content-Type': 'text/plain' })],
])('an opening over a port, %s, is answered as it is without', async (_, init) => {
  const { address, broker } = await started({ config: { limits: { live_sessions: 2 } } });
  const told = async (response: Response) => {
    const headers = Object.fromEntries(response.headers);
    // Node's own, and what names this very request.
    const own = ['connection', 'content-length', 'date', 'keep-alive', 'trace-id'];
    for (const name of own) delete headers[name];
    return { status: response.status, headers, keys: Object.keys(Object(await response.json())) };
  };
  const without = await told(await broker.app.request('/v1/sessions', init()));
  expect(await told(await fetch(`${address}/v1/sessions`, init()))).toEqual(without);
});

it('whoever has no key is counted by address', async () => {
  const { address } = await started({ config: { limits: { requests_per_minute_and_address: 3 } } });
  const statuses: number[] = [];
  for (let count = 0; count < 5; count += 1) {
    statuses.push((await fetch(`${address}/v1/quota`)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
});

it('behind a proxy it is the proxy’s callers who are counted', async () => {
  const limits = { requests_per_minute_and_address: 1 };
  const { address } = await started({ config: { limits, trusted_proxies: 1 } });
  const from = async (forwarded: string) =>
    (await fetch(`${address}/v1/quota`, { headers: { 'X-Forwarded-For': forwarded } })).status;
  expect(await from('203.0.113.1')).toBe(401);
  expect(await from('203.0.113.2')).toBe(401);
  // What stands further left is anybody's invention.
  expect(await from('198.51.100.7, 203.0.113.1')).toBe(429);
});

it.each(['/healthz', '/.well-known/avatar-broker', '/v1/quota', '/nowhere'])(
  'nothing in the answer to %s may run, load, be framed or be guessed at',
  async (path) => {
    const { address } = await started();
    const { headers } = await fetch(address + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      vary: 'Origin',
      'x-content-type-options': 'nosniff',
    });
    expect(headers.has('server') || headers.has('x-powered-by')).toBe(false);
  },
);

it('what nobody renewed is ended with the vendor without anybody asking', async () => {
  let now = Date.now();
  const vendor = fakeVendor(() => now);
  const { address } = await started({ vendor, clock: () => now });
  const given = await fetch(`${address}/v1/sessions`, opening(keys.alice, { provider: 'perso' }));
  const { credential } = v.parse(session, await given.json());
  now += 3_600_000;
  await expect.poll(() => vendor.ended, { timeout: 10_000 }).toEqual([credential.value]);
}, 15_000);

it('headers without end are refused', async () => {
  const { socket } = await started();
  const open = await socket();
  open.write(head(`X-Long: ${'x'.repeat(20_000)}`));
  expect(await rest(open)).toContain('HTTP/1.1 431');
});

it('headers that drip are given up', async () => {
  const { socket } = await started();
  const open = await socket();
  open.write('GET /healthz HTTP/1.1\r\nHost: local');
  expect(await rest(open)).toContain('HTTP/1.1 408');
}, 10_000);

it('stopping answers what was asked, and takes no more', async () => {
  const vendor = fakeVendor();
  let letGo: () => void = () => {};
  vendor.gate = new Promise((resolve) => {
    letGo = resolve;
  });
  const { address, listening } = await started({ vendor });
  const asked = fetch(`${address}/v1/sessions`, opening(keys.alice, { provider: 'perso' }));
  await expect.poll(() => vendor.opened.length).toBe(1);

  const stopped = listening.stop();
  await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed');
  letGo();
  expect((await asked).status).toBe(201);
  await stopped;
});

it('a draining broker says so, and opens nothing', async () => {
  const broker = brokerWith({ config: { access }, vendors: [fakeVendor()] });
  broker.drain();
  const told = await broker.app.request('/healthz');
  expect(told.status).toBe(503);
  expect(v.parse(health, await told.json()).status).toBe('draining');
  const refused = await broker.app.request(
    '/v1/sessions',
    opening(keys.alice, { provider: 'perso' }),
  );
  expect(v.parse(problem, await refused.json()).code).toBe('unavailable');
});

it('a port that is taken is a failure, not a silence', async () => {
  const { address } = await started();
  const broker = brokerWith({ vendors: [] });
  const port = Number(new URL(address).port);
  await expect(serve(broker, { host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE');
});
