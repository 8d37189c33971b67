import { expect, it } from 'vitest';
import * as v from 'valibot';
import { session, sessionPath } from '@/lib/broker/contract';
import { access, brokerWith, keys, opening, post } from './kit';
import { startIssuer, audience, clientId } from './issuer';
import { startStub } from './stub';

/** Everything that must not stand in a log, and everything a broker does that could write it there. */
const environment = {
  INWORLD_KEY: 'inworld-key-4f1d9b7c',
  INWORLD_SECRET: 'inworld-secret-a8c3e5f0',
  PERSO_API_KEY: 'perso-key-5d2e8f90',
  SM_KEY: 'soul-machines-key-77b1c2d3',
  SM_API_KEY: 'soul-machines-api-key-0c9d8e7f',
  TURN_SECRET: 'turn-secret-1a2b3c4d',
};
const inworldToken = 'inworld.token.4d3c2b1a';
const persoSession = 'perso-session-9f8e7d6c';

it('the log of a full run holds no secret and no credential', async () => {
  let persoWorks = true;
  const vendors = await startStub(({ path, headers, body }) => {
    if (path.includes('token:generate')) {
      return {
        body: {
          token: inworldToken,
          type: 'Bearer',
          expirationTime: new Date(Date.now() + 120_000).toISOString(),
          sessionId: 'default:1',
        },
      };
    }
    // A vendor that says back what it was given, secrets and all.
    const detail = JSON.stringify({ path, headers, body });
    const refusal = {
      status: 400,
      body: { errors: [{ code: 'invalid', detail, attr: 'prompt' }] },
    };
    if (path === '/api/v1/prompt/') return { body: [{ prompt_id: 'p', intro_message: 'Hi' }] };
    if (path === '/api/v1/session/' && persoWorks) return { body: { session_id: persoSession } };
    return refusal;
  });
  const issuer = await startIssuer();
  const described = { languages: ['en'] };
  const lines: string[] = [];
  const broker = brokerWith({
    environment,
    log: (line) => lines.push(line),
    config: {
      access: {
        ...access,
        header: 'X-Avatar-Key',
        oidc: { issuer: issuer.url, client_id: clientId, audience, scope: 'avatar' },
      },
      limits: { live_sessions: 20 },
      ice: {
        servers: [{ urls: ['turn:turn.example:3478'], shared_secret: { env: 'TURN_SECRET' } }],
      },
      providers: {
        inworld: {
          key: { env: 'INWORLD_KEY' },
          secret: { env: 'INWORLD_SECRET' },
          api_url: vendors.url,
          personas: [{ id: 'a', name: 'A', ...described, scene: 'workspaces/w/scenes/s' }],
        },
        perso: {
          key: { env: 'PERSO_API_KEY' },
          api_url: vendors.url,
          personas: [
            { id: 'b', name: 'B', ...described, params: { model_style: 'm', prompt: 'p' } },
          ],
        },
        'soul-machines': {
          personas: [
            { id: 'c', name: 'C', ...described, key_name: 'public-name', key: { env: 'SM_KEY' } },
            {
              id: 'd',
              name: 'D',
              ...described,
              api_key: { env: 'SM_API_KEY' },
              hand_out_api_key: true,
            },
          ],
        },
      },
    },
  });

  const token = await issuer.signIn('ann@private.example');
  const secrets = new Set([...Object.values(environment), ...Object.values(keys), token]);
  const idempotency = 'idempotency-key-3e4f5a6b';
  const run = async (as: string, body: unknown, key?: string) => {
    const response = await broker.app.request('/v1/sessions', opening(as, body, key));
    if (response.status !== 201) return response;
    const given = v.parse(session, await response.json());
    secrets.add(given.credential.value);
    for (const { credential } of given.ice_servers) if (credential) secrets.add(credential);
    const renewed = await broker.app.request(
      sessionPath('renew', given.session),
      post(as, { credential: 'fresh' }),
    );
    const again: unknown = await renewed.json();
    if (typeof again === 'object' && again && 'credential' in again) {
      const fresh = v.safeParse(v.object({ value: v.string() }), again.credential);
      if (fresh.success) secrets.add(fresh.output.value);
    }
    await broker.app.request(sessionPath('end', given.session), post(as));
    return response;
  };
  const all = [
    { provider: 'inworld' },
    { provider: 'perso' },
    { provider: 'soul-machines', persona: 'c' },
    { provider: 'soul-machines', persona: 'd' },
  ];
  for (const body of all) {
    expect((await run(keys.alice, body)).status).toBe(201);
    expect((await run(token, body, `${idempotency}-${body.provider}-${body.persona}`)).status).toBe(
      201,
    );
  }
  persoWorks = false;
  expect((await run(keys.alice, { provider: 'perso' })).status).toBe(502);
  await run('avk_wrong-key-8b7a6c5d', { provider: 'perso' });
  await run(`${token}x`, { provider: 'perso' });
  await run(keys.alice, { provider: 'perso', url: 'https://private.example/page' });
  await broker.app.request(`/v1/quota?key=${keys.alice}`, {
    headers: { 'X-Avatar-Key': keys.bob },
  });
  await broker.app.request(`/${keys.alice}`, {
    headers: { Authorization: `Bearer ${keys.alice}` },
  });
  await vendors.stop();
  await run(keys.alice, { provider: 'inworld' });
  await broker.sweep();
  await issuer.stop();

  const log = lines.join('');
  // It did log, and the vendor's own words are there for the operator.
  expect(lines.length).toBeGreaterThan(30);
  expect(log).toContain('invalid: prompt');
  expect(log).toContain('key:alice');
  for (const secret of secrets) expect(log).not.toContain(secret);
  const personal = [
    inworldToken,
    persoSession,
    idempotency,
    'avk_wrong',
    'private.example',
    'ann@',
  ];
  for (const text of personal) expect(log).not.toContain(text);
}, 20_000);
