import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { problem, problems, type ProblemCode } from '@/lib/broker/contract';
import { hashOf } from '@/broker/auth/keys';
import { Problem } from '@/broker/problem';
import { access, brokerWith, fakeVendor, keys, opening, post } from '@/tests/contract/broker/kit';

const entitled = {
  keys: [
    { name: 'alice', hashes: [hashOf(keys.alice)] },
    { name: 'bob', hashes: [hashOf(keys.bob)], providers: ['inworld'] },
  ],
};

function broker(failure: Error | null = null) {
  const vendor = fakeVendor();
  vendor.failure = failure;
  return brokerWith({ config: { access: entitled }, vendors: [vendor] }).app;
}

const ask = { provider: 'perso' };
const text = { 'Content-Type': 'text/plain', 'Idempotency-Key': 'k'.repeat(36) };

interface Row {
  readonly code: ProblemCode;
  readonly when: string;
  readonly path?: string;
  readonly init?: RequestInit;
  readonly failure?: Error;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
}

/** Every row that one request brings about; the others stand in the contract suite. */
const rows: readonly Row[] = [
  { code: 'auth_required', when: 'nobody says who it is', init: opening(null, ask) },
  {
    code: 'auth_required',
    when: 'the key is nobody’s',
    init: opening('avk_wrong', ask),
    headers: { 'www-authenticate': 'Bearer realm="avatar-broker", error="invalid_token"' },
  },
  { code: 'not_entitled', when: 'the key is for another vendor', init: opening(keys.bob, ask) },
  {
    code: 'forbidden_origin',
    when: 'a web page asks',
    init: { ...opening(keys.alice, ask), headers: { Origin: 'https://evil.example' } },
  },
  {
    code: 'persona_not_found',
    when: 'the persona is not there',
    init: opening(keys.alice, { ...ask, persona: 'nobody' }),
  },
  {
    code: 'persona_not_found',
    when: 'the vendor is not there',
    init: opening(keys.alice, { provider: 'inworld' }),
  },
  { code: 'invalid_request', when: 'there is no Idempotency-Key', init: post(keys.alice, ask) },
  {
    code: 'invalid_request',
    when: 'the Idempotency-Key can be guessed',
    init: opening(keys.alice, ask, '1'),
  },
  {
    code: 'invalid_request',
    when: 'it says which page is read',
    init: opening(keys.alice, { ...ask, url: 'https://example.com' }),
  },
  { code: 'invalid_request', when: 'nothing is asked for', init: opening(keys.alice, {}) },
  {
    code: 'invalid_request',
    when: 'the vendor is unknown',
    init: opening(keys.alice, { provider: 'heygen' }),
  },
  {
    code: 'invalid_request',
    when: 'it is not JSON',
    init: { ...opening(keys.alice, ask), body: '{"provider":' },
  },
  {
    code: 'invalid_request',
    when: 'it comes as a form could send it',
    init: post(keys.alice, ask, text),
  },
  {
    code: 'too_large',
    when: 'it is more than a request can be',
    init: opening(keys.alice, { ...ask, persona: 'x'.repeat(5000) }),
  },
  {
    code: 'version_unsupported',
    when: 'it speaks a newer contract',
    path: '/v2/sessions',
    init: opening(keys.alice, ask),
    headers: { upgrade: 'avatar-broker/1', connection: 'upgrade' },
  },
  { code: 'not_found', when: 'the address is wrong', path: '/token' },
  { code: 'not_found', when: 'the verb is wrong', init: { method: 'DELETE' } },
  { code: 'not_found', when: 'metrics are off', path: '/metrics' },
  {
    code: 'session_ended',
    when: 'there is no such session to renew',
    path: '/v1/sessions/0123456789abcdef/renew',
    init: post(keys.alice, {}),
  },
  {
    code: 'provider_busy',
    when: 'the vendor is busy',
    init: opening(keys.alice, ask),
    failure: new Problem('provider_busy', 'Vendor is busy.', { retry_after: 7 }),
    headers: { 'retry-after': '7' },
  },
  {
    code: 'provider_rejected',
    when: 'the vendor refuses',
    init: opening(keys.alice, ask),
    failure: new Problem('provider_rejected', 'Vendor does not want to.'),
  },
  {
    code: 'internal',
    when: 'the broker has a bug',
    init: opening(keys.alice, ask),
    failure: new TypeError('cannot read properties of undefined'),
  },
];

describe('a problem', () => {
  it.each(rows)('is $code when $when', async ({ code, path, init, failure, headers }) => {
    const response = await broker(failure).request(path ?? '/v1/sessions', init);
    const written = await response.text();
    const body = v.parse(problem, JSON.parse(written));
    expect(body).toMatchObject({
      code,
      action: problems[code].action,
      status: problems[code].status,
      type: `urn:avatar-broker:problem:${code}`,
    });
    expect(response.status).toBe(body.status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('trace-id')).toBe(body.trace);
    for (const [name, value] of Object.entries(headers ?? {})) {
      expect(response.headers.get(name)).toMatch(value);
    }
    expect(written).not.toMatch(/\.ts|node_modules|undefined/u);
  });

  it('has a challenge whenever it wants a sign-in', async () => {
    const response = await broker().request('/v1/quota');
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="avatar-broker"');
  });
});

describe('a caller', () => {
  const told = async (headers: Record<string, string>) => {
    const config = { access: { ...access, header: 'X-Avatar-Key' } };
    const { app } = brokerWith({ config, vendors: [fakeVendor()] });
    return (await app.request('/v1/quota', { headers })).status;
  };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each<[string, Record<string, string>, number]>([
    ['Bearer', { Authorization: `Bearer ${keys.alice}` }, 200],
    ['bearer in small letters', { Authorization: `bearer ${keys.alice}` }, 200],
    ['Basic', { Authorization: basic(`alice:${keys.alice}`) }, 200],
    ['Basic under another’s name', { Authorization: basic(`bob:${keys.alice}`) }, 401],
    ['Basic without a colon', { Authorization: basic('alice') }, 401],
    ['the named header', { 'X-Avatar-Key': keys.alice }, 200],
    ['the named header, wrong', { 'X-Avatar-Key': 'avk_wrong' }, 401],
    ['another scheme', { Authorization: `Digest ${keys.alice}` }, 401],
    ['a scheme alone', { Authorization: 'Bearer' }, 401],
    ['nothing', {}, 401],
  ])('by %s is answered %o with %d', async (_, headers, status) => {
    expect(await told(headers)).toBe(status);
  });
});

describe('an origin', () => {
  const id = 'abcdefghijklmnopabcdefghijklmnop';
  const preflight = { 'Access-Control-Request-Method': 'POST' };
  const to = (origins: readonly string[] | undefined) =>
    brokerWith({ config: { access, ...(origins ? { origins } : {}) } }).app;

  it.each([
    [`chrome-extension://${id}`, undefined, true],
    ['moz-extension://6f3c3f0e-5d5d-4f59-9c9f-0123456789ab', undefined, true],
    ['https://example.com', undefined, false],
    ['null', undefined, false],
    [`chrome-extension://${id}`, [`chrome-extension://${id}`], true],
    [`chrome-extension://${'p'.repeat(32)}`, [`chrome-extension://${id}`], false],
    ['moz-extension://6f3c3f0e-5d5d-4f59-9c9f-0123456789ab', [`chrome-extension://${id}`], false],
  ])('%s where %o may ask: %s', async (origin, origins, may) => {
    const init = { method: 'OPTIONS', headers: { Origin: origin, ...preflight } };
    const response = await to(origins).request('/v1/sessions', init);
    expect(response.status).toBe(may ? 204 : 403);
    expect(response.headers.get('access-control-allow-origin')).toBe(may ? origin : null);
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it('may send what the contract needs', async () => {
    const init = {
      method: 'OPTIONS',
      headers: { Origin: `chrome-extension://${id}`, ...preflight },
    };
    const response = await to(undefined).request('/v1/sessions', init);
    const allowed = response.headers.get('access-control-allow-headers') ?? '';
    for (const name of ['Authorization', 'Content-Type', 'Idempotency-Key']) {
      expect(allowed.split(', ')).toContain(name);
    }
  });
});

describe('a broker without access control', () => {
  const { app } = brokerWith({ vendors: [fakeVendor()] });

  it.each([
    ['http://127.0.0.1:8790', 200],
    ['http://localhost:8790', 200],
    ['http://[::1]:8790', 200],
    ['http://rebound.example:8790', 403],
    ['http://127.0.0.1.rebound.example', 403],
  ])('asked as %s answers %d', async (base, status) => {
    const { host } = new URL(base);
    const response = await app.request(`${base}/v1/quota`, { headers: { Host: host } });
    expect(response.status).toBe(status);
  });
});

it('takes the caller’s trace where it is one, and makes its own otherwise', async () => {
  const { app } = brokerWith({});
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const asked = async (traceparent: string) => {
    const headers = { Host: 'localhost', Traceparent: traceparent };
    return (await app.request('/healthz', { headers })).headers.get('trace-id');
  };
  expect(await asked(`00-${trace}-00f067aa0ba902b7-01`)).toBe(trace);
  expect(await asked('00-00000000000000000000000000000000-00f067aa0ba902b7-01')).not.toMatch(
    /^0+$/u,
  );
  expect(await asked('x\ny'.replace('\n', ' '))).toMatch(/^[0-9a-f]{32}$/u);
});
