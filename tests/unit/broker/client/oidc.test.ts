import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createBrokerClient } from '@/lib/broker/client';
import type { Wire } from '@/lib/broker/call';
import { secretFor } from '@/lib/broker/credentials';
import { beginSignIn, finishSignIn, revoke } from '@/lib/broker/oidc';
import { clientId, startIdentity, type IdentityOptions } from '@/tests/emulators/identity';
import {
  brokerAt,
  json,
  nova,
  problem,
  sessionAnswer,
  startLoopback,
  troubleOf,
  wireFor,
  type Behave,
} from './loopback';

/** What Chromium calls its own; nothing listens there, the browser catches the way to it. */
const redirect = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/';

beforeEach(() => fakeBrowser.reset());

async function start(options: Partial<IdentityOptions> = {}, now = () => Date.now()) {
  const identity = await startIdentity({ redirects: [redirect], ...options });
  onTestFinished(() => identity.close());
  const method = {
    type: 'oidc' as const,
    issuer: identity.issuer,
    client_id: clientId,
    scopes: ['openid', 'offline_access', 'email'],
    resource: options.resource ?? null,
  };
  const wire = wireFor(5_000, now);
  const address = 'http://127.0.0.1:1';
  const signIn = async (at = address) => {
    await finishSignIn(await walk(await beginSignIn(at, method, redirect, wire)), wire);
  };
  return { identity, method, wire, address, signIn };
}

/** Follows a sign-in as a browser window does, up to our own address. */
async function walk(first: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = first;
  while (!url.startsWith(redirect)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (next === null) throw new Error(`${response.status} at ${url}: ${await response.text()}`);
    url = new URL(next, url).href;
  }
  return url;
}

const storedIn = async (area: 'local' | 'session') =>
  JSON.stringify(await fakeBrowser.storage[area].get(null));

describe('signing in', () => {
  it('sends the reader away with a challenge, and keeps who came back', async () => {
    const { method, wire, address, signIn } = await start();
    const url = new URL(await beginSignIn(address, method, redirect, wire));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirect,
      code_challenge_method: 'S256',
      scope: 'openid offline_access email',
    });
    await signIn();
    expect(await secretFor(address)).toMatchObject({ type: 'oidc', account: 'ada@example.com' });
  });

  it('keeps the access token off the disk', async () => {
    const { address, signIn } = await start();
    await signIn();
    const session = await storedIn('session');
    const token = /"token":"([^"]+)"/u.exec(session)?.[1] ?? '';
    expect(token).not.toBe('');
    expect(await storedIn('local')).not.toContain(token);
    expect(await secretFor(address)).not.toHaveProperty('token');
  });

  it('refused there ends in that word, and leaves nothing behind', async () => {
    const { identity, address, signIn } = await start();
    identity.answer = 'deny';
    expect(await troubleOf(signIn())).toEqual({ code: 'sign_in_denied', about: 'access_denied' });
    expect(await secretFor(address)).toBeNull();
    expect(await storedIn('session')).not.toContain('verifier');
  });

  it('that somebody else began is not finished', async () => {
    const { method, wire, address } = await start();
    const landed = new URL(await walk(await beginSignIn(address, method, redirect, wire)));
    landed.searchParams.set('state', 'of-somebody-else');
    expect((await troubleOf(finishSignIn(landed.href, wire))).code).toBe('sign_in_failed');
    expect(await secretFor(address)).toBeNull();
  });

  it('cannot be finished twice with the same code', async () => {
    const { method, wire, address } = await start();
    const landed = await walk(await beginSignIn(address, method, redirect, wire));
    await finishSignIn(landed, wire);
    expect((await troubleOf(finishSignIn(landed, wire))).code).toBe('sign_in_failed');
  });

  it.each([-10, 10])('goes well though our clock is %i minutes off', async (minutes) => {
    const { method, wire, address } = await start();
    const landed = await walk(await beginSignIn(address, method, redirect, wire));
    const real = Date.now.bind(Date);
    onTestFinished(() => {
      Date.now = real;
    });
    // Only from here on, since the identity provider reads the clock of this same process.
    const turned = after('/token', wire.fetch, () => {
      Date.now = () => real() + minutes * 60_000;
    });
    await finishSignIn(landed, { ...wire, fetch: turned });
    expect(await secretFor(address)).toMatchObject({ account: 'ada@example.com' });
  });

  it('where no identity provider answers says so', async () => {
    const { method, address, wire } = await start();
    const nobody = { ...method, issuer: 'http://127.0.0.1:9' };
    expect((await troubleOf(beginSignIn(address, nobody, redirect, wire))).code).toBe(
      'sign_in_failed',
    );
  });

  it('at an issuer without TLS, elsewhere than on this machine, is refused before it begins', async () => {
    const { method, address, wire } = await start();
    const insecure = { ...method, issuer: 'http://login.example.com' };
    expect((await troubleOf(beginSignIn(address, insecure, redirect, wire))).code).toBe(
      'sign_in_failed',
    );
  });
});

describe('an access token', () => {
  const opens: Behave = (_, response) => json(response, 201, sessionAnswer());

  async function signedIn(behave: Behave, options?: Partial<IdentityOptions>, now?: () => number) {
    const started = await start(options, now);
    const { address, heard } = await startLoopback(behave);
    await started.signIn(address);
    const broker = brokerAt(address, { auth: started.method });
    return { ...started, heard, broker, client: createBrokerClient(started.wire) };
  }

  it('goes to the broker, made out to it', async () => {
    const resource = 'https://avatars.example.com';
    const { client, broker, heard } = await signedIn(opens, { resource });
    await client.grant(broker, nova);
    const [, token = ''] = heard[0]?.headers.authorization?.split(' ') ?? [];
    const claims: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims).toMatchObject({ aud: resource });
  });

  it('that has run out is renewed first, by one request for all who wait', async () => {
    let now = Date.now();
    const { client, broker, identity, heard } = await signedIn(opens, {}, () => now);
    now += 700_000;
    await Promise.all([
      client.quota(broker).catch(() => undefined),
      client.grant(broker, nova).catch(() => undefined),
    ]);
    expect(identity.asked).toEqual(['authorization_code', 'refresh_token']);
    expect(new Set(heard.map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  it('that the broker refuses is renewed once, and the request sent again with its key', async () => {
    const { client, broker, identity, heard } = await signedIn((asked, response, nth) =>
      nth === 1
        ? problem(response, { code: 'auth_required', status: 401, action: 'sign_in' })
        : opens(asked, response, nth),
    );
    await client.grant(broker, nova);
    expect(identity.asked).toEqual(['authorization_code', 'refresh_token']);
    expect(new Set(heard.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(heard.map(({ headers }) => headers.authorization)).size).toBe(2);
  });

  it('that the broker refuses even when new means: sign in again', async () => {
    const { client, broker, heard } = await signedIn((_, response) =>
      problem(response, { code: 'auth_required', status: 401, action: 'sign_in' }),
    );
    expect((await troubleOf(client.grant(broker, nova))).code).toBe('sign_in_expired');
    expect(heard).toHaveLength(2);
  });

  it('that cannot be renewed any more means: sign in again', async () => {
    let now = Date.now();
    const { client, broker, identity, heard } = await signedIn(opens, {}, () => now);
    now += 700_000;
    identity.forgetEverybody();
    expect((await troubleOf(client.grant(broker, nova))).code).toBe('sign_in_expired');
    expect(heard).toEqual([]);
  });

  it('survives the background: the new refresh token is the one that is kept', async () => {
    let now = Date.now();
    const { client, broker, wire, heard } = await signedIn(opens, {}, () => now);
    now += 700_000;
    await client.grant(broker, nova);
    await client.took(nova);
    now += 700_000;
    await createBrokerClient(wire).grant(broker, nova);
    expect(heard).toHaveLength(2);
  });

  it('is worth nothing after signing out, there as here', async () => {
    const { broker, method, wire } = await signedIn(opens);
    const kept = await secretFor(broker.address);
    const refresh = kept?.type === 'oidc' ? (kept.refresh ?? '') : '';
    await revoke(broker.address, method, wire);
    const response = await fetch(`${method.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refresh,
        client_id: clientId,
      }),
    });
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
    expect(await storedIn('session')).not.toContain('brokerAccess');
  });
});

/** A fetch that does something once an address was asked. */
function after(path: string, fetch: Wire['fetch'], then: () => void): Wire['fetch'] {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (url.endsWith(path)) then();
    return response;
  };
}
