import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createBrokerClient } from '@/lib/broker/client';
import { keepSecret, type Secret } from '@/lib/broker/credentials';
import type { AuthMethod } from '@/lib/broker/contract';
import { detectPlain } from '@/lib/broker/plain';
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

beforeEach(() => fakeBrowser.reset());

async function start(behave: Behave) {
  const { address, heard } = await startLoopback(behave);
  await keepSecret(address, { type: 'bearer', key: 'the-key' });
  return { broker: brokerAt(address), heard };
}

const keysOf = (heard: readonly { headers: Record<string, unknown> }[]) =>
  heard.map(({ headers }) => headers['idempotency-key']);
const opens: Behave = (_, response) => json(response, 201, sessionAnswer());

/** Of a maker whose credential can be used once. */
function onceAnswer() {
  const { expires_at } = sessionAnswer(1).credential;
  return {
    ...sessionAnswer(),
    persona: 'kim',
    provider: 'perso',
    credential: { kind: 'perso-session', value: 'theirs', expires_at, single_use: true },
    connect: { api_server: 'https://perso.example', intro_message: null },
  };
}

describe('asking for an avatar', () => {
  it('says which one and who asks, and not a word more', async () => {
    const { broker, heard } = await start(opens);
    const grant = await createBrokerClient(wireFor()).grant(broker, nova);
    expect(grant).toMatchObject({ kind: 'session', session: { persona: 'nova' } });
    expect(heard).toHaveLength(1);
    const [{ method, path, body, headers } = { headers: {} as Record<string, string> }] = heard;
    expect([method, path]).toEqual(['POST', '/v1/sessions']);
    expect(JSON.parse(body ?? '')).toEqual(nova);
    expect(headers['authorization']).toBe('Bearer the-key');
    expect(headers['idempotency-key']).toMatch(/^[\w-]{36}$/u);
    expect(headers['referer']).toBeUndefined();
    expect(headers['cookie']).toBeUndefined();
  });

  it.each<[string, AuthMethod, Secret, Record<string, string>]>([
    [
      'a named header',
      { type: 'header', name: 'X-Access-Key' },
      { type: 'header', key: 'k' },
      { 'x-access-key': 'k' },
    ],
    [
      'Basic, beyond ASCII too',
      { type: 'basic' },
      { type: 'basic', user: 'zoë', key: 'pä$$' },
      { authorization: `Basic ${Buffer.from('zoë:pä$$').toString('base64')}` },
    ],
    ['nothing, on this machine', { type: 'none' }, { type: 'bearer', key: 'unused' }, {}],
  ])('proves it with %s', async (_, auth, secret, expected) => {
    const { address, heard } = await startLoopback(opens);
    await keepSecret(address, secret);
    await createBrokerClient(wireFor()).grant(brokerAt(address, { auth }), nova);
    expect(heard[0]?.headers).toMatchObject(expected);
    expect('authorization' in (heard[0]?.headers ?? {})).toBe('authorization' in expected);
  });

  it('by many at once is one request', async () => {
    const { broker, heard } = await start(opens);
    const client = createBrokerClient(wireFor());
    const grants = await Promise.all([1, 2, 3].map(() => client.grant(broker, nova)));
    expect(new Set(grants).size).toBe(1);
    expect(heard).toHaveLength(1);
  });

  it('is tried once more after a cut connection, with the same key', async () => {
    const { broker, heard } = await start((asked, response, nth) =>
      nth === 1 ? response.destroy() : opens(asked, response, nth),
    );
    await createBrokerClient(wireFor()).grant(broker, nova);
    expect(heard).toHaveLength(2);
    expect(new Set(keysOf(heard)).size).toBe(1);
  });

  it('is not tried a third time', async () => {
    const { broker, heard } = await start((_, response) => void response.destroy());
    const trouble = await troubleOf(createBrokerClient(wireFor()).grant(broker, nova));
    expect(trouble.code).toBe('unreachable');
    expect(heard).toHaveLength(2);
  });

  it('waits while an earlier request with the same key is being answered', async () => {
    const { broker, heard } = await start((asked, response, nth) =>
      nth < 3
        ? problem(response, { code: 'in_progress', status: 409, retry_after: 0 })
        : opens(asked, response, nth),
    );
    await createBrokerClient(wireFor(2_000)).grant(broker, nova);
    expect(heard).toHaveLength(3);
    expect(new Set(keysOf(heard)).size).toBe(1);
  });
});

describe('a background that is stopped', () => {
  /** As the browser does it: memory is gone, what lies in storage is not. */
  const reborn = () => createBrokerClient(wireFor());

  it('before the answer, asks again with the same key', async () => {
    const { broker, heard } = await start((asked, response, nth) => {
      // The first never hears the end of it.
      if (nth > 1) opens(asked, response, nth);
    });
    void createBrokerClient(wireFor(5_000))
      .grant(broker, nova)
      .catch(() => undefined);
    await expect.poll(() => heard.length).toBe(1);
    await reborn().grant(broker, nova);
    expect(new Set(keysOf(heard)).size).toBe(1);
  });

  it('after the answer, before the panel has it, needs no second request', async () => {
    const { broker, heard } = await start(opens);
    const first = await createBrokerClient(wireFor()).grant(broker, nova);
    expect(await reborn().grant(broker, nova)).toEqual(first);
    expect(heard).toHaveLength(1);
  });

  it('after a time-out, asks with the same key, since the session may be there', async () => {
    const { broker, heard } = await start((asked, response, nth) => {
      if (nth > 1) opens(asked, response, nth);
    });
    await troubleOf(createBrokerClient(wireFor(100)).grant(broker, nova));
    await reborn().grant(broker, nova);
    expect(new Set(keysOf(heard)).size).toBe(1);
  });

  it('after a refusal, begins anew', async () => {
    const { broker, heard } = await start((asked, response, nth) =>
      nth === 1
        ? problem(response, { code: 'not_entitled', status: 403 })
        : opens(asked, response, nth),
    );
    await troubleOf(createBrokerClient(wireFor()).grant(broker, nova));
    await reborn().grant(broker, nova);
    expect(new Set(keysOf(heard)).size).toBe(2);
  });
});

describe('a grant', () => {
  it('that has arrived is kept nowhere, and the next one is another session', async () => {
    const { broker, heard } = await start(opens);
    const client = createBrokerClient(wireFor());
    await client.grant(broker, nova);
    await client.took(nova);
    const stored = JSON.stringify([
      await fakeBrowser.storage.session.get(null),
      await fakeBrowser.storage.local.get(null),
    ]);
    expect(stored).not.toContain('token-of-the-vendor');
    await client.grant(broker, nova);
    expect(new Set(keysOf(heard)).size).toBe(2);
  });

  it('never touches the disk', async () => {
    const { broker } = await start(opens);
    await createBrokerClient(wireFor()).grant(broker, nova);
    const disk = JSON.stringify([
      await fakeBrowser.storage.local.get(null),
      await fakeBrowser.storage.sync.get(null),
    ]);
    expect(disk).not.toContain('token-of-the-vendor');
  });

  it('that nobody took for too long is fetched again', async () => {
    let now = Date.now();
    const { address, heard } = await startLoopback((_, response) =>
      json(response, 201, sessionAnswer((now - Date.now()) / 60_000 + 5)),
    );
    await keepSecret(address, { type: 'bearer', key: 'the-key' });
    const client = createBrokerClient(wireFor(400, () => now));
    await client.grant(brokerAt(address), nova);
    now += 4.9 * 60_000;
    await client.grant(brokerAt(address), nova).catch(() => undefined);
    expect(heard).toHaveLength(2);
  });

  it('that can be used once waits to be taken, and is handed out once', async () => {
    const { broker, heard } = await start((_, response) => json(response, 201, onceAnswer()));
    const client = createBrokerClient(wireFor());
    const kim = { provider: 'perso', persona: 'kim' } as const;
    await client.grant(broker, kim);
    await client.grant(broker, kim);
    expect(heard).toHaveLength(1);
    await client.took(kim);
    await client.grant(broker, kim);
    expect(heard).toHaveLength(2);
  });

  it('of a session that was ended is not handed out again', async () => {
    const { broker, heard } = await start((asked, response, nth) =>
      asked.path.endsWith('/end') ? response.writeHead(204).end() : opens(asked, response, nth),
    );
    const client = createBrokerClient(wireFor());
    await client.grant(broker, nova);
    await client.end(broker, sessionAnswer().session);
    await client.grant(broker, nova);
    expect(heard.map(({ path }) => path)).toEqual([
      '/v1/sessions',
      `/v1/sessions/${sessionAnswer().session}/end`,
      '/v1/sessions',
    ]);
  });
});

describe('a plain token server', () => {
  const jwt = (exp: number) =>
    ['{"alg":"HS256"}', JSON.stringify({ exp }), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
  const soon = () => new Date(Date.now() + 3_600_000).toISOString();
  const answers = {
    'soul-machines': () => ({ url: 'wss://session.example', jwt: jwt(Date.now() / 1000 + 3600) }),
    inworld: () => ({ token: 'abc', type: 'Bearer', expirationTime: soon(), sessionId: 's' }),
    perso: () => ({ sessionId: 'abc' }),
  };
  const kinds = ['soul-machines', 'inworld', 'perso'] as const;

  it.each(kinds)('of %s is known by its answer, and gives a grant', async (provider) => {
    const { address, heard } = await startLoopback((_, response) =>
      json(response, 200, answers[provider]()),
    );
    await keepSecret(`${address}/token?scene=1`, { type: 'bearer', key: 'the-key' });
    const asked = brokerAt(`${address}/token?scene=1`, { discovery: null });
    const plain = await detectPlain(asked, null, null, wireFor());
    expect(plain).toEqual({ provider, method: 'GET' });
    const grant = await createBrokerClient(wireFor()).grant(
      { ...asked, plain },
      { provider, persona: 'avatar' },
    );
    expect(grant).toMatchObject({ kind: 'plain', provider });
    expect(heard.map(({ path }) => path)).toEqual(['/token?scene=1', '/token?scene=1']);
  });

  it('that wants POST is found out', async () => {
    const { address } = await startLoopback(({ method }, response) =>
      method === 'POST' ? json(response, 200, answers.perso()) : void response.writeHead(405).end(),
    );
    const asked = brokerAt(address, { auth: { type: 'none' } });
    expect(await detectPlain(asked, null, null, wireFor())).toEqual({
      provider: 'perso',
      method: 'POST',
    });
  });

  it('is asked no second time when the line is cut: each answer is a session', async () => {
    const { address, heard } = await startLoopback((_, response) => void response.destroy());
    const plain = { provider: 'perso', method: 'POST' } as const;
    const broker = brokerAt(address, { plain, auth: { type: 'none' } });
    const client = createBrokerClient(wireFor());
    await troubleOf(client.grant(broker, { provider: 'perso', persona: 'avatar' }));
    expect(heard).toHaveLength(1);
  });

  it('that answers like nobody’s samples is not half-used', async () => {
    const { address } = await startLoopback((_, response) => json(response, 200, { id: 'abc' }));
    const asked = brokerAt(address, { auth: { type: 'none' } });
    expect((await troubleOf(detectPlain(asked, null, null, wireFor()))).code).toBe('off_contract');
  });

  it('has an answer that is over already refused', async () => {
    const { address } = await startLoopback((_, response) =>
      json(response, 200, { ...answers['soul-machines'](), jwt: jwt(Date.now() / 1000 - 60) }),
    );
    const plain = { provider: 'soul-machines', method: 'GET' } as const;
    const broker = brokerAt(address, { plain, auth: { type: 'none' } });
    const avatar = { provider: 'soul-machines', persona: 'avatar' } as const;
    const trouble = await troubleOf(createBrokerClient(wireFor()).grant(broker, avatar));
    expect(trouble.code).toBe('credential_expired');
  });
});
