import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepSecret } from '@/lib/broker/credentials';
import { createDesk } from '@/lib/broker/desk';
import { ownKey } from '@/lib/broker/own-key';
import { redact } from '@/lib/broker/report';
import { isOurPage } from '@/lib/broker/sender';
import { settle, steps, type TroubleCode } from '@/lib/broker/trouble';
import * as settings from '@/lib/settings';
import {
  brokerAt,
  discovery,
  json,
  nova,
  problem,
  sessionAnswer,
  startLoopback,
  trace,
  troubleOf,
  wireFor,
  type Behave,
} from './loopback';

const granted = new Set<string>();
let localNetwork = 'prompt';

beforeEach(() => {
  fakeBrowser.reset();
  granted.clear();
  vi.stubGlobal('navigator', {
    userAgent: 'A browser',
    onLine: true,
    permissions: { query: async () => ({ state: localNetwork }) },
  });
  localNetwork = 'prompt';
  Object.assign(fakeBrowser.permissions, {
    contains: async ({ origins = [] }: { origins?: string[] }) =>
      origins.every((origin) => granted.has(origin)),
  });
  Object.assign(fakeBrowser.runtime, {
    getManifest: () => ({ version: '1.2.3' }),
    getURL: (path: string) => `chrome-extension://us${path}`,
  });
});

const quota = {
  quota: sessionAnswer().quota,
  sessions: [],
  trace,
};

/** A broker that does all it should, but for what `odd` does instead. */
const broker =
  (odd: Partial<Record<string, Behave>> = {}): Behave =>
  (heard, response, nth) => {
    const path = heard.path.endsWith('/end') ? '/end' : heard.path;
    const own = odd[path];
    if (own) own(heard, response, nth);
    else if (path === '/.well-known/avatar-broker') json(response, 200, discovery);
    else if (path === '/v1/quota') json(response, 200, quota);
    else if (path === '/end') response.writeHead(204).end();
    else json(response, 201, sessionAnswer());
  };

async function kept(behave: Behave) {
  const { address, heard } = await startLoopback(behave);
  granted.add(`${address}/*`);
  await settings.broker.set(brokerAt(address));
  await keepSecret(address, { type: 'bearer', key: 'the-secret-key' });
  return { address, heard, desk: createDesk(wireFor()) };
}

describe('naming a broker', () => {
  it('keeps it, with the way to sign in that it prefers', async () => {
    const { address } = await startLoopback(broker());
    await createDesk(wireFor())['broker.discover']({ address });
    expect(await settings.broker.get()).toEqual(brokerAt(address, { avatar: null }));
  });

  it('that cannot be found loses nothing of the one before', async () => {
    const { desk, address } = await kept(broker());
    const before = await settings.broker.get();
    await troubleOf(desk['broker.discover']({ address: 'http://127.0.0.1:9' }));
    expect(await settings.broker.get()).toEqual(before);
    expect(await desk['broker.account'](null)).toEqual({ type: 'bearer', name: null });
    expect(before?.address).toBe(address);
  });

  it('anew keeps key and avatar; another broker gets neither', async () => {
    const { desk, address } = await kept(broker());
    await desk['broker.discover']({ address });
    expect(await settings.broker.get()).toMatchObject({ avatar: nova });
    expect(await desk['broker.account'](null)).not.toBeNull();
    const other = await startLoopback(broker());
    await desk['broker.discover']({ address: other.address });
    expect(await settings.broker.get()).toMatchObject({ avatar: null });
    expect(await desk['broker.account'](null)).toBeNull();
  });

  it('is the organisation’s matter where it decided', async () => {
    await fakeBrowser.storage.managed.set({ brokerAddress: 'https://theirs.example' });
    const desk = createDesk(wireFor());
    const { address } = await startLoopback(broker());
    expect((await troubleOf(desk['broker.discover']({ address }))).code).toBe('address_locked');
    expect((await troubleOf(desk['broker.remove'](null))).code).toBe('address_locked');
  });

  it('leaves out makers that are not allowed, and grants none of theirs', async () => {
    await fakeBrowser.storage.managed.set({ allowedProviders: ['perso'] });
    const { address, heard } = await startLoopback(broker());
    const desk = createDesk(wireFor());
    const { broker: found, skipped } = await desk['broker.discover']({ address });
    expect(found.discovery?.providers).toEqual([]);
    expect(skipped).toEqual(['inworld']);
    expect((await troubleOf(desk['broker.grant']({ avatar: nova }))).code).toBe(
      'provider_forbidden',
    );
    expect(heard).toHaveLength(1);
  });

  it('away removes its key, its grants and its rest', async () => {
    const { desk } = await kept(broker());
    await desk['broker.grant']({ avatar: nova });
    await desk['broker.remove'](null);
    const left = JSON.stringify([
      await fakeBrowser.storage.local.get(null),
      await fakeBrowser.storage.session.get(null),
    ]);
    expect(left).not.toMatch(/the-secret-key|token-of-the-vendor/u);
  });

  it('erasing everything erases the key too', async () => {
    await kept(broker());
    await settings.eraseSettings();
    expect(JSON.stringify(await fakeBrowser.storage.local.get(null))).not.toContain('secret-key');
  });
});

describe('the connection doctor', () => {
  it('goes the whole way once and leaves no session behind', async () => {
    const { desk, heard } = await kept(broker());
    const { trouble, checks } = await desk['broker.test'](null);
    expect(trouble).toBeNull();
    expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(['passed']));
    expect(heard.map(({ path }) => path)).toEqual([
      '/.well-known/avatar-broker',
      '/v1/quota',
      '/v1/sessions',
      `/v1/sessions/${sessionAnswer().session}/end`,
    ]);
  });

  it.each<[string, TroubleCode, Partial<Record<string, Behave>>]>([
    ['http', 'not_found', { '/.well-known/avatar-broker': (_, r) => json(r, 404, {}) }],
    ['http', 'server_error', { '/v1/quota': (_, r) => void r.writeHead(500).end() }],
    ['schema', 'off_contract', { '/v1/quota': (_, r) => json(r, 200, {}) }],
    [
      'auth',
      'auth_required',
      { '/v1/quota': (_, r) => problem(r, { code: 'auth_required', status: 401 }) },
    ],
    [
      'quota',
      'concurrency_limit',
      { '/v1/sessions': (_, r) => problem(r, { code: 'concurrency_limit', status: 429 }) },
    ],
    [
      'vendor',
      'provider_rejected',
      { '/v1/sessions': (_, r) => problem(r, { code: 'provider_rejected', status: 502 }) },
    ],
    [
      'cors',
      'forbidden_origin',
      { '/v1/quota': (_, r) => problem(r, { code: 'forbidden_origin', status: 403 }) },
    ],
  ])('names %s as the step that broke: %s', async (step, code, odd) => {
    const { desk } = await kept(broker(odd));
    const { trouble, checks } = await desk['broker.test'](null);
    expect(trouble?.code).toBe(code);
    const failed = checks.findIndex(({ state }) => state === 'failed');
    expect(checks[failed]?.step).toBe(step);
    expect(checks.slice(0, failed).every(({ state }) => state === 'passed')).toBe(true);
    expect(checks.slice(failed + 1).every(({ state }) => state === 'unknown')).toBe(true);
    const order = checks.map((check) => steps.indexOf(check.step));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it('names a missing permission before anything is sent', async () => {
    const { desk, heard } = await kept(broker());
    granted.clear();
    const { trouble } = await desk['broker.test'](null);
    expect(trouble?.code).toBe('permission_missing');
    expect(heard).toEqual([]);
  });

  it('names a name or port where nobody answers', async () => {
    granted.add('http://127.0.0.1:9/*');
    await settings.broker.set(brokerAt('http://127.0.0.1:9'));
    const { trouble } = await createDesk(wireFor())['broker.test'](null);
    expect(trouble?.code).toBe('unreachable');
  });

  it('names the browser itself where it keeps us from the local network', async () => {
    localNetwork = 'denied';
    const desk = createDesk(wireFor());
    const trouble = await troubleOf(desk['broker.discover']({ address: 'http://127.0.0.1:9' }));
    expect(trouble.code).toBe('local_network_blocked');
  });

  it('tells a server that speaks without TLS from one that is not there', async () => {
    const { address } = await startLoopback((_, response) => void response.end('hello'));
    const secure = address.replace('http:', 'https:');
    const desk = createDesk(wireFor());
    expect((await troubleOf(desk['broker.discover']({ address: secure }))).code).toBe('tls_plain');
  });

  it('tells an answer that may not be read from none', async () => {
    const { address } = await startLoopback(broker());
    const wire = wireFor();
    // As a browser does without the permission: only a request that wants nothing back gets through.
    const fetch = vi.fn<typeof wire.fetch>(async (url, init) => {
      if (init.mode !== 'no-cors') throw new TypeError('Failed to fetch');
      return wire.fetch(url, { ...init, mode: 'cors' });
    });
    const desk = createDesk({ ...wire, fetch });
    expect((await troubleOf(desk['broker.discover']({ address }))).code).toBe('cors_blocked');
  });

  it('writes a report that holds no secret, even one thrown back by the server', async () => {
    const { desk } = await kept(
      broker({
        '/v1/quota': ({ headers }, response) =>
          problem(response, {
            code: 'auth_required',
            status: 401,
            detail: `No such key: ${headers.authorization}`,
          }),
      }),
    );
    const { report } = await desk['broker.test'](null);
    expect(report).toContain('result: auth_required');
    expect(report).toContain(`trace: ${trace}`);
    expect(report).toContain('auth: failed');
    expect(report).not.toContain('the-secret-key');
  });

  it('nor the maker’s key that the reader keeps, wherever it got to', async () => {
    const key = btoa(JSON.stringify({ authServer: 'https://auth.example/jwt' }));
    await ownKey.set(key);
    const { desk, address } = await kept(broker());
    await settings.broker.set(brokerAt(`${address}/${key}`));
    const { report } = await desk['broker.test'](null);
    expect(report).toContain(`service: ${address}/[removed]`);
    expect(report).not.toContain(key);
  });

  it.each([
    ['the key k-123 is unknown', ['k-123'], 'the key [removed] is unknown'],
    ['Authorization: Bearer abc.def', [], 'Authorization: Bearer [removed]'],
    ['got eyJhbGciOi.eyJzdWIi.c2ln', [], 'got [removed]'],
    ['sign-in: bearer\navatar: a', [], 'sign-in: bearer\navatar: a'],
  ])('takes out of “%s” what opens a door', (text, secrets, expected) => {
    expect(redact(text, secrets)).toBe(expected);
  });
});

describe('who may ask', () => {
  const id = fakeBrowser.runtime.id;

  it.each([
    ['our own page', { id, url: 'chrome-extension://us/options.html' }, true],
    ['our script in a web page', { id, url: 'https://evil.example/' }, false],
    [
      'a page that is called like ours',
      { id, url: 'https://evil.example/chrome-extension://us/' },
      false,
    ],
    ['another extension', { id: 'other', url: 'chrome-extension://us/options.html' }, false],
    ['nobody knows who', { id }, false],
  ])('%s: %j', (_, sender, expected) => {
    expect(isOurPage(sender)).toBe(expected);
  });

  it('a trouble crosses as a value, a bug stays loud', async () => {
    const desk = createDesk(wireFor());
    expect(await settle(desk['broker.quota'](null))).toEqual({
      ok: false,
      trouble: { code: 'unset' },
    });
    await expect(settle(Promise.reject(new Error('bug')))).rejects.toThrow('bug');
  });
});
