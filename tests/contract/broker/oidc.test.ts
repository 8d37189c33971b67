import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discovery, problem, quotaAnswer, type ProblemCode } from '@/lib/broker/contract';
import type { Broker } from '@/broker/broker';
import { audience, clientId, startIssuer, type Claims, type Issuer } from './issuer';
import { access, brokerWith, fakeVendor, keys, opening, type Written } from './kit';

let issuer: Issuer;
let broker: Broker;
const oidc = (): Written => ({
  issuer: issuer.url,
  client_id: clientId,
  audience,
  scope: 'avatar',
  clock_skew_seconds: 60,
});

beforeAll(async () => {
  issuer = await startIssuer();
  broker = brokerWith({
    config: { access: { ...access, oidc: oidc() } },
    vendors: [fakeVendor()],
  });
});
afterAll(() => issuer?.stop());

const quota = (token: string) =>
  broker.app.request('/v1/quota', { headers: { Authorization: `Bearer ${token}` } });

async function refused(token: string, code: ProblemCode) {
  const response = await quota(token);
  const body = v.parse(problem, await response.json());
  expect(body.code).toBe(code);
  return { body, challenge: response.headers.get('www-authenticate') };
}

describe('someone who signed in', () => {
  it('by code flow and PKCE is let in, with limits of their own', async () => {
    const [ann, cid] = await Promise.all([issuer.signIn('ann'), issuer.signIn('cid')]);
    const open = (token: string) =>
      broker.app.request('/v1/sessions', opening(token, { provider: 'perso' }));
    expect((await open(ann)).status).toBe(201);
    expect((await open(ann)).status).toBe(429);
    expect((await open(cid)).status).toBe(201);
  });

  it('keeps their limits with the next token', async () => {
    const first = await quota(await issuer.signIn('ann'));
    const body = v.parse(quotaAnswer, await first.json());
    expect(body.sessions).toHaveLength(1);
  });

  it('without the scope is told that it is missing', async () => {
    const token = await issuer.signIn('ann', 'openid other');
    const { challenge } = await refused(token, 'not_entitled');
    expect(challenge).toContain('error="insufficient_scope", scope="avatar"');
  });
});

it('is told by discovery where to sign in, and for what', async () => {
  const response = await broker.app.request('/.well-known/avatar-broker');
  const { auth } = v.parse(discovery, await response.json());
  expect(auth[0]).toEqual({
    type: 'oidc',
    issuer: issuer.url,
    client_id: clientId,
    scopes: ['openid', 'offline_access', 'avatar'],
    resource: null,
  });
});

it('lets access keys in beside it', async () => {
  expect((await quota(keys.alice)).status).toBe(200);
});

describe('a token', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const good = (): JWTPayload => ({
    iss: issuer.url,
    aud: audience,
    sub: 'ann',
    scope: 'openid avatar',
    iat: now(),
    exp: now() + 300,
  });

  it('with the issuer’s signature and all claims is accepted', async () => {
    expect((await quota(await issuer.sign(good()))).status).toBe(200);
  });

  it.each<[string, () => Claims]>([
    ['a scp list', () => ({ scope: undefined, scp: ['avatar'] })],
    ['a clock 59 s behind', () => ({ exp: now() - 58 })],
    ['a clock 59 s ahead', () => ({ nbf: now() + 58, iat: now() + 58 })],
    ['several audiences', () => ({ aud: ['else', audience] })],
  ])('with %s is accepted', async (_, claims) => {
    expect((await quota(await issuer.sign({ ...good(), ...claims() }))).status).toBe(200);
  });

  it.each<[string, () => Claims, RegExp]>([
    ['that ran out 10 min ago', () => ({ exp: now() - 600 }), /run out/u],
    ['that begins in 10 min', () => ({ nbf: now() + 600 }), /clock/u],
    ['for someone else', () => ({ aud: 'https://other.example' }), /something else/u],
    ['of another issuer', () => ({ iss: 'https://other.example' }), /not one/u],
    ['of nobody', () => ({ sub: undefined }), /not one/u],
    ['that never ends', () => ({ exp: undefined }), /not one/u],
  ])('%s is refused with a sentence', async (_, claims, sentence) => {
    const token = await issuer.sign({ ...good(), ...claims() });
    const { body, challenge } = await refused(token, 'auth_required');
    expect(body.detail).toMatch(sentence);
    expect(body.action).toBe('sign_in');
    expect(challenge).toContain('error="invalid_token"');
  });

  it('signed with a key the issuer does not have is refused', async () => {
    const other = await startIssuer();
    await refused(await other.sign(good()), 'auth_required');
    await refused(await other.sign(good(), { kid: 'two' }), 'auth_required');
    await other.stop();
  });

  it('signed with a shared secret, or not at all, is refused', async () => {
    const shared = await new SignJWT(good())
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(new TextEncoder().encode('a secret of at least thirty-two bytes'));
    await refused(shared, 'auth_required');
    await refused(new UnsecuredJWT(good()).encode(), 'auth_required');
  });

  it.each(['a.b.c', '..', 'a'.repeat(20_000), 'not-a-key'])('%.10s is refused', async (token) => {
    await refused(token, 'auth_required');
  });
});

it('says that the issuer cannot be reached, and recovers when it can', async () => {
  const gone = await startIssuer();
  const token = await gone.signIn('ann');
  await gone.stop();
  const config = { access: { oidc: { ...oidc(), issuer: gone.url } } };
  const alone = brokerWith({ config, vendors: [fakeVendor()] });
  const ask = (as: string) =>
    alone.app.request('/v1/quota', { headers: { Authorization: `Bearer ${as}` } });
  const response = await ask(token);
  expect(response.status).toBe(503);
  expect(v.parse(problem, await response.json())).toMatchObject({
    code: 'unavailable',
    retry_after: 10,
  });
  const back = await startIssuer(gone.port);
  expect((await ask(await back.signIn('ann'))).status).toBe(200);
  await back.stop();
});
