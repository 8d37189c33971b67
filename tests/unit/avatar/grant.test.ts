import { describe, expect, it } from 'vitest';
import { grantFrom, keyGrant } from '@/lib/avatar/grant';
import { plainAnswers, session, type BrokeredSession } from '@/lib/broker/contract';
import type { BrokerGrant } from '@/lib/broker/grants';
import * as v from 'valibot';
import { sessionAnswer } from '@/tests/unit/broker/client/loopback';

const side = { volume: 0.5, muted: true, language: 'en' };
const reader = { ...side, profile: { name: '', fields: [] } };
const ada = { name: ' Ada ', fields: [{ id: 'level', value: 'beginner' }] };
const expires_at = '2026-11-21T11:00:00Z';
const fresh = async () => Promise.reject(new Error('Nobody asked for it.'));

/** One with this vendor's own parts, through the contract's own door. */
function sessionWith(parts: object): BrokerGrant {
  const read: BrokeredSession = v.parse(session, { ...sessionAnswer(), ...parts });
  return { kind: 'session', session: read, expires: 0 };
}

describe('from a session of the service', () => {
  it('Inworld gets its token in its own words, its gateway and its scene', () => {
    expect(grantFrom(sessionWith({}), reader, fresh)).toMatchObject({
      provider: 'inworld',
      token: { token: 'token-of-the-vendor', type: 'Bearer' },
      reader: { name: null, fields: [] },
      ...side,
    });
  });

  it('Inworld is told who is reading, and nobody else is', () => {
    const told = { ...reader, profile: ada };
    expect(grantFrom(sessionWith({}), told, fresh)).toMatchObject({
      reader: { name: 'Ada', fields: [{ id: 'level', value: 'beginner' }] },
    });
    const mina = sessionWith({
      provider: 'perso',
      credential: { kind: 'perso-session', value: 'ps-1', expires_at, single_use: true },
      connect: { api_server: 'https://perso.example', intro_message: null },
    });
    expect(JSON.stringify(grantFrom(mina, told, fresh))).not.toMatch(/Ada|beginner/u);
  });

  it('Perso gets its session, where it answers, and what it says first', () => {
    const granted = sessionWith({
      provider: 'perso',
      credential: { kind: 'perso-session', value: 'ps-1', expires_at, single_use: true },
      connect: { api_server: 'https://perso.example', intro_message: 'Welcome.' },
      ice_servers: [{ urls: ['turn:relay.example'], username: 'u', credential: 'c' }],
      force_relay: true,
    });
    expect(grantFrom(granted, reader, fresh)).toEqual({
      provider: 'perso',
      sessionId: 'ps-1',
      apiServer: 'https://perso.example',
      intro: 'Welcome.',
      iceServers: [{ urls: ['turn:relay.example'], username: 'u', credential: 'c' }],
      forceRelay: true,
      ...side,
    });
  });

  it.each([
    [
      'a signed token and its server',
      { kind: 'soul-machines-jwt', value: 'a.b.c' },
      'wss://dh.example',
      { kind: 'jwt', url: 'wss://dh.example', jwt: 'a.b.c' },
    ],
    [
      'a key that names its own server',
      { kind: 'soul-machines-api-key', value: 'key' },
      null,
      { kind: 'api-key', key: 'key' },
    ],
  ])('Soul Machines gets %s', (_, credential, url, expected) => {
    const granted = sessionWith({
      provider: 'soul-machines',
      credential: { ...credential, expires_at, single_use: false },
      connect: { url },
    });
    expect(grantFrom(granted, reader, fresh)).toMatchObject({
      provider: 'soul-machines',
      credential: expected,
      pageMetadata: false,
    });
  });

  it('a token without a server is a fault of the service', () => {
    const granted = sessionWith({
      provider: 'soul-machines',
      credential: { kind: 'soul-machines-jwt', value: 'a.b.c', expires_at, single_use: false },
      connect: { url: null },
    });
    expect(() => grantFrom(granted, reader, fresh)).toThrow('broker_failed');
  });
});

describe('from a key of the reader’s own', () => {
  it('Soul Machines gets the key, and nothing of who is reading', () => {
    expect(keyGrant('key', { ...reader, profile: ada })).toEqual({
      provider: 'soul-machines',
      credential: { kind: 'api-key', key: 'key' },
      pageMetadata: false,
      iceServers: [],
      forceRelay: false,
      ...side,
    });
  });

  it('that is gone, nobody is let in', () => {
    expect(() => keyGrant(null, reader)).toThrow('vendor_refused');
  });
});

describe('from a token server in the shape of the maker’s samples', () => {
  it.each([
    ['perso', { sessionId: 'ps-1' }, { sessionId: 'ps-1', intro: null }],
    [
      'soul-machines',
      { url: 'wss://dh.example', jwt: 'a.b.c' },
      { credential: { kind: 'jwt', url: 'wss://dh.example', jwt: 'a.b.c' } },
    ],
    [
      'inworld',
      { token: 't', type: 'Bearer', expirationTime: '2026-11-21T11:00:00Z', sessionId: 's' },
      { token: { token: 't', sessionId: 's', expirationTime: '2026-11-21T11:00:00.000Z' } },
    ],
  ] as const)('%s', (provider, answer, expected) => {
    const read = v.parse(plainAnswers[provider], answer);
    const granted: BrokerGrant = { kind: 'plain', provider, answer: read, expires: 0 };
    expect(grantFrom(granted, reader, fresh)).toMatchObject({ provider, ...expected });
  });
});
