import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { inworldCredential } from '@/lib/broker/contract';
import { createInworld, signature } from '@/broker/vendors/inworld';
import { startStub, type Answer, type Stub } from '@/tests/contract/broker/stub';

const need = { now: new Date('2026-11-21T12:00:00Z'), endsAt: new Date('2026-11-21T12:30:00Z') };
const token = {
  token: 'eyJhbGciOi.JIUzI1.NiIs',
  type: 'Bearer',
  expirationTime: '2026-11-21T16:00:00Z',
  sessionId: 'default:0e3a9f1c',
};

let stub: Stub | null = null;
afterEach(async () => {
  await stub?.stop();
  stub = null;
});

async function inworld(answer: () => Answer, form: 'session-tokens' | 'engine' = 'session-tokens') {
  stub = await startStub(answer);
  const vendor = createInworld(
    {
      key: 'the-key',
      secret: 'the-secret',
      form,
      workspace: 'library',
      api_url: `${stub.url}/`,
      gateway: { hostname: '127.0.0.1:7001', ssl: false },
      personas: [
        { id: 'ada', name: 'Ada', languages: [], scene: 'workspaces/library/scenes/desk' },
      ],
    },
    () => need.now,
  );
  return { vendor, arrived: stub.arrived };
}

/** The recipe once more, step by step as the protocol sheet writes it. */
function expected(host: string, method: string, nonce: string): string {
  const hmac = (key: Buffer | string, message: string) =>
    createHmac('sha256', key).update(message).digest();
  const k1 = hmac('IW1the-secret', '20261121120000');
  const k2 = hmac(k1, host);
  const k3 = hmac(k2, method);
  const k4 = hmac(k3, nonce);
  return hmac(k4, 'iw1_request').toString('hex');
}

describe('an Inworld token', () => {
  it.each([
    {
      form: 'session-tokens' as const,
      path: '/v1/sessionTokens/token:generate',
      host: 'api.inworld.ai',
      method: 'ai.inworld.engine.v1.SessionTokens/GenerateSessionToken',
      body: { api_key: 'the-key' },
    },
    {
      form: 'engine' as const,
      path: '/auth/v1/tokens/token:generate',
      host: 'api-engine.inworld.ai',
      method: 'ai.inworld.engine.WorldEngine/GenerateToken',
      body: { key: 'the-key', resources: ['workspaces/library'] },
    },
  ])('is asked for as $form says, signed as the vendor checks it', async (form) => {
    const { vendor, arrived } = await inworld(() => ({ body: token }), form.form);
    await vendor.open('ada', need);
    expect(arrived).toHaveLength(1);
    const [request] = arrived;
    expect(request).toMatchObject({ method: 'POST', path: form.path, body: form.body });
    const header = request?.headers.authorization ?? '';
    const parts =
      /^IW1-HMAC-SHA256 ApiKey=the-key,DateTime=20261121120000,Nonce=([0-9a-f]{32}),Signature=([0-9a-f]{64})$/u.exec(
        header,
      );
    expect(parts?.[2]).toBe(expected(form.host, form.method, parts?.[1] ?? ''));
  });

  it('keeps to the contract, and says where to take it', async () => {
    const { vendor } = await inworld(() => ({ body: token }));
    const { grant, reference } = await vendor.open('ada', need);
    expect(v.parse(inworldCredential, grant.credential)).toEqual({
      kind: 'inworld-token',
      value: token.token,
      type: 'Bearer',
      session_id: 'default:0e3a9f1c',
      expires_at: '2026-11-21T16:00:00.000Z',
      single_use: false,
    });
    expect(grant.connect).toEqual({
      gateway: { hostname: '127.0.0.1:7001', ssl: false },
      scene: 'workspaces/library/scenes/desk',
    });
    expect(reference).toBeNull();
  });

  it('is refused when a browser could not send it as a subprotocol', async () => {
    const { vendor } = await inworld(() => ({ body: { ...token, token: 'abc/def==' } }));
    await expect(vendor.open('ada', need)).rejects.toMatchObject({ code: 'provider_rejected' });
  });
});

it('signs each attempt anew, since a signature holds once', async () => {
  let number = 0;
  const { vendor, arrived } = await inworld(() => {
    number += 1;
    return number === 1 ? { status: 503, body: {} } : { body: token };
  });
  await vendor.open('ada', need);
  const [first, second] = arrived.map(({ headers }) => headers.authorization);
  expect(second).toBeDefined();
  expect(second).not.toBe(first);
});

it('gives a known signature for known input', () => {
  const given = { key: 'k', secret: 's', host: 'h', method: 'm', nonce: '00' };
  expect(signature({ ...given, at: new Date('2020-01-02T03:04:05.678Z') })).toBe(
    'IW1-HMAC-SHA256 ApiKey=k,DateTime=20200102030405,Nonce=00,' +
      'Signature=35eff982ad8e5f4c724657034d52b90c0eb14e7143524b7164db0944fdf31816',
  );
});
