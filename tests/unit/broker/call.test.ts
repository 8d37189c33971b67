import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { call, patience, pause } from '@/broker/vendors/call';
import { startStub, type Answer, type Stub } from '@/tests/contract/broker/stub';

let stub: Stub | null = null;
afterEach(async () => {
  await stub?.stop();
  stub = null;
});

/** Asks a vendor that answers so, one answer after the other. */
async function ask(answers: readonly Answer[], safe = true, wait = patience) {
  const server = await startStub((_, number) => answers[number - 1] ?? null);
  stub = server;
  const asked = {
    vendor: 'Vendor',
    url: `${server.url}/thing`,
    headers: () => ({ 'X-Key': 'secret' }),
    answer: v.object({ fine: v.literal(true) }),
    safe,
  };
  const outcome = call(asked, wait);
  return { outcome, arrived: server.arrived };
}

const fine = { body: { fine: true } };

describe('a call to a vendor', () => {
  it.each<[string, Answer]>([
    ['breaks off', null],
    ['answers 502 with HTML', { status: 502, body: '<html>' }],
    ['answers 503', { status: 503, body: {} }],
    ['answers 504', { status: 504, body: {} }],
  ])('that %s is made once more where that is safe', async (_, first) => {
    const { outcome, arrived } = await ask([first, fine]);
    await expect(outcome).resolves.toEqual({ fine: true });
    expect(arrived).toHaveLength(2);
  });

  it.each<[string, Answer]>([
    ['breaks off', null],
    ['answers 503', { status: 503, body: {} }],
  ])('that %s is not repeated where it could do harm', async (_, first) => {
    const { outcome, arrived } = await ask([first, fine], false);
    await expect(outcome).rejects.toMatchObject({ code: 'provider_busy' });
    expect(arrived).toHaveLength(1);
  });

  it.each<[string, Answer, string]>([
    ['HTML with 200', { body: '<html>' }, 'provider_rejected'],
    ['JSON of another shape', { body: { fine: 'no' } }, 'provider_rejected'],
    ['10 MB', { body: { fine: true, more: 'x'.repeat(10_000_000) } }, 'provider_busy'],
    ['a redirect', { status: 307, headers: { Location: '/other' }, body: {} }, 'provider_busy'],
    ['401', { status: 401, body: {} }, 'provider_rejected'],
    ['403', { status: 403, body: {} }, 'provider_rejected'],
    ['404', { status: 404, body: {} }, 'provider_rejected'],
    ['500', { status: 500, body: {} }, 'provider_busy'],
  ])('answered with %s is refused', async (_, answer, code) => {
    const { outcome, arrived } = await ask([answer, answer]);
    await expect(outcome).rejects.toMatchObject({ code });
    expect(arrived.every(({ path }) => path === '/thing')).toBe(true);
  });

  it('passes on how long to wait', async () => {
    const { outcome } = await ask([{ status: 429, headers: { 'Retry-After': '17' }, body: {} }]);
    await expect(outcome).rejects.toMatchObject({
      code: 'provider_busy',
      options: { retry_after: 17 },
    });
  });

  it('to a port nobody listens at is repeated even where it is not safe', async () => {
    const server = await startStub(() => fine);
    await server.stop();
    let attempts = 0;
    const headers = () => {
      attempts += 1;
      return {};
    };
    const outcome = call({
      vendor: 'Vendor',
      url: server.url,
      headers,
      answer: v.unknown(),
      safe: false,
    });
    await expect(outcome).rejects.toMatchObject({ code: 'provider_busy' });
    expect(attempts).toBe(2);
  });

  it('to a vendor that never answers is given up', async () => {
    const { outcome, arrived } = await ask(['hang', 'hang'], true, 50);
    await expect(outcome).rejects.toMatchObject({ code: 'provider_busy' });
    expect(arrived).toHaveLength(2);
  });

  it('is given up, both times, before the extension gives us up', () => {
    expect(2 * patience + pause).toBeLessThan(15_000);
  });
});
