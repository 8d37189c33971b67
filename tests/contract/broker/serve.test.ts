import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import * as v from 'valibot';
import { afterEach, expect, it } from 'vitest';
import { health, problem } from '@/lib/broker/contract';
import { serve, type Listening } from '@/broker/serve';
import { access, brokerWith, fakeVendor, keys, opening } from './kit';

let listening: Listening | null = null;
afterEach(async () => {
  await listening?.stop();
  listening = null;
});

async function started(vendor = fakeVendor()) {
  const broker = brokerWith({ config: { access }, vendors: [vendor] });
  listening = await serve(broker, { host: '127.0.0.1', port: 0 });
  const { address } = listening;
  const socket = async () => {
    const open = connect(Number(new URL(address).port), '127.0.0.1');
    await once(open, 'connect');
    return open;
  };
  return { address, listening, socket, vendor };
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
  const { address, listening } = await started(vendor);
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
