import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  plainProvider,
  problem,
  read,
  readDiscovery,
  session,
  sessionPath,
  sessionRequest,
  type Discovery,
} from '@/lib/broker/contract';

const discovery: Discovery = {
  versions: [1],
  name: 'Ours',
  operator: { name: 'We', url: null, contact: null },
  privacy_url: null,
  disclosure: null,
  price: null,
  auth: [{ type: 'bearer' }],
  providers: [
    {
      provider: 'perso',
      capabilities: ['face'],
      origins: ['https://platform.perso.ai'],
      personas: [{ id: 'ada', name: 'Ada', description: null, languages: ['en'], price: null }],
    },
  ],
  context: 'page',
  limits: { live_sessions: 1, seconds_per_day: null, idle_seconds: 180, session_seconds: 1800 },
};

describe('a discovery document', () => {
  it('is read as it is', () => {
    expect(readDiscovery(discovery, 1)).toEqual({ ok: true, value: discovery, skipped: [] });
  });

  it('may say more than we know, which is left out', () => {
    const told = { ...discovery, mood: 'good' };
    expect(readDiscovery(told, 1)).toEqual({ ok: true, value: discovery, skipped: [] });
  });

  it('may offer vendors and sign-ins we do not know; they are named, the rest stands', () => {
    const told = {
      ...discovery,
      auth: [{ type: 'passkey', relying_party: 'x' }, ...discovery.auth],
      providers: [...discovery.providers, { provider: 'hologram', personas: 7 }],
    };
    expect(readDiscovery(told, 1)).toEqual({
      ok: true,
      value: discovery,
      skipped: ['hologram', 'passkey'],
    });
  });

  it('of a newer contract is not read, whatever else it says', () => {
    expect(readDiscovery({ versions: [2, 3], all: 'new' }, 1)).toEqual({
      ok: false,
      versions: [2, 3],
    });
  });

  it('that speaks ours among others is read', () => {
    expect(readDiscovery({ ...discovery, versions: [1, 2] }, 1).ok).toBe(true);
  });

  it.each<[string, unknown, string]>([
    [
      'a vendor we know, off contract',
      { providers: [{ provider: 'perso', personas: [] }] },
      'providers.0',
    ],
    ['no way to sign in', { auth: [] }, 'auth'],
    ['a script for a page', { privacy_url: 'javascript:alert(1)' }, 'privacy_url'],
    ['a name that is a novel', { name: 'x'.repeat(121) }, 'name'],
    ['a name over two lines', { name: 'a\nb' }, 'name'],
  ])('with %s is refused, and says where', (_, change, at) => {
    const reading = readDiscovery({ ...discovery, ...Object(change) }, 1);
    expect(reading).toMatchObject({ ok: false, at: expect.stringContaining(at) });
  });

  it.each([
    'https://platform.perso.ai',
    'https://perso.example:8443',
    'https://[2001:db8::1]',
    'http://127.0.0.1:8123',
    'http://localhost:8123',
    'http://perso.localhost:8123',
  ])('may name %s as an origin its avatars need', (origin) => {
    expect(readDiscovery(withOrigins([origin]), 1)).toEqual({
      ok: true,
      value: withOrigins([origin]),
      skipped: [],
    });
  });

  it.each<[string, unknown]>([
    ['a script', ['javascript:alert(1)']],
    ['data', ['data:text/html,x']],
    ['a file', ['file:///etc/passwd']],
    ['everywhere', ['<all_urls>']],
    ['every host', ['https://*']],
    ['every host of a domain', ['https://*.example.com']],
    ['every scheme', ['*://example.com']],
    ['a path', ['https://example.com/x']],
    ['a slash at the end', ['https://example.com/']],
    ['a query', ['https://example.com?x']],
    ['somebody’s name', ['https://user@example.com']],
    ['a port that is none', ['https://example.com:99999']],
    ['every port', ['https://example.com:*']],
    ['http on a public host', ['http://example.com']],
    ['http on a host that only looks like this machine', ['http://127.0.0.1.example.com']],
    ['http on a host that only sounds like this machine', ['http://notlocalhost']],
    ['a socket', ['wss://example.com']],
    ['an extension', ['chrome-extension://abcdefghijklmnopabcdefghijklmnop']],
    ['a line that goes on', ['https://example.com\nhttps://evil.example']],
    ['a number', [7]],
    ['no list', 'https://example.com'],
    ['nine of them', Array.from({ length: 9 }, (_, index) => `https://${index}.example`)],
    ['10,000 of them', Array.from({ length: 10_000 }, (_, index) => `https://${index}.example`)],
  ])('is refused when an avatar needs %s', (_, origins) => {
    expect(readDiscovery(withOrigins(origins), 1)).toMatchObject({
      ok: false,
      at: expect.stringContaining('providers.0.origins'),
    });
  });

  it('of before there were origins names none', () => {
    const reading = readDiscovery(withOrigins(undefined), 1);
    expect(reading.ok && reading.value.providers[0]?.origins).toEqual([]);
  });

  it('can be anything at all without harm', () => {
    fc.assert(fc.property(fc.anything(), (anything) => !readDiscovery(anything, 1).ok));
  });
});

function withOrigins(origins: unknown): unknown {
  return { ...discovery, providers: discovery.providers.map((offer) => ({ ...offer, origins })) };
}

describe('a reading', () => {
  it('does not repeat what it was given, which may be a secret', () => {
    const reading = read(problem, { type: 'hunter2', title: 'hunter2' });
    expect(JSON.stringify(reading)).not.toContain('hunter2');
  });
});

describe('a session request', () => {
  it.each(['url', 'title', 'selection', 'page', 'context', 'referrer'])(
    'has no room for %s',
    (name) => {
      expect(read(sessionRequest, { provider: 'perso', [name]: 'x' }).ok).toBe(false);
    },
  );
});

const instant = '2026-11-21T12:00:00.000Z';
const persoSession = {
  session: 's'.repeat(22),
  persona: 'ada',
  provider: 'perso',
  credential: { kind: 'perso-session', value: 'sid', expires_at: instant, single_use: true },
  connect: { api_server: 'https://platform.perso.ai', intro_message: null },
  ice_servers: [{ urls: ['turn:turn.example:3478'] }],
  force_relay: false,
  limits: { ends_at: instant, renew_by: instant, idle_seconds: 180 },
  quota: { seconds_limit: null, seconds_used: 0, resets_at: instant, live_limit: 1, live: 1 },
  trace: '0'.repeat(32),
};

describe('a session', () => {
  it('that keeps to the contract is accepted', () => {
    expect(read(session, persoSession).ok).toBe(true);
  });

  it.each<[string, object]>([
    ['another vendor’s credential', { provider: 'inworld' }],
    [
      'a server that is no web address',
      { connect: { ...persoSession.connect, api_server: 'ftp://x' } },
    ],
    ['an ICE server that is a web page', { ice_servers: [{ urls: ['https://x.example'] }] }],
    ['no end', { limits: { ...persoSession.limits, ends_at: 'soon' } }],
  ])('with %s is refused', (_, change) => {
    expect(read(session, { ...persoSession, ...change }).ok).toBe(false);
  });
});

it('a Soul Machines session of before there was page metadata has none', () => {
  const reading = read(session, {
    ...persoSession,
    provider: 'soul-machines',
    credential: {
      kind: 'soul-machines-jwt',
      value: 'aa.bb.cc',
      expires_at: instant,
      single_use: false,
    },
    connect: { url: 'wss://dh.soulmachines.cloud' },
  });
  expect(reading).toMatchObject({ ok: true, value: { connect: { page_metadata: false } } });
});

describe('an answer in plain mode', () => {
  it.each([
    [{ url: 'wss://dh.soulmachines.cloud', jwt: 'aa.bb.cc' }, 'soul-machines'],
    [
      {
        token: 'aa.bb.cc',
        type: 'Bearer',
        expirationTime: '2026-11-21T16:00:00Z',
        sessionId: 'd:1',
      },
      'inworld',
    ],
    [{ sessionId: '0e3a9f1c-2b' }, 'perso'],
    [{ url: 'https://not-a-socket.example', jwt: 'aa.bb.cc' }, null],
    [{ token: 'aa/bb', type: 'Bearer', expirationTime: 'x' }, null],
    [{ sessionId: '../../admin' }, null],
    [{ error: 'nope' }, null],
    ['<html>', null],
    [null, null],
  ])('%j is of %s', (answer, provider) => {
    expect(plainProvider(answer)).toBe(provider);
  });
});

it('a session’s path cannot lead elsewhere', () => {
  expect(sessionPath('end', '../x?y')).toBe('/v1/sessions/..%2Fx%3Fy/end');
});
