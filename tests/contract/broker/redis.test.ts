import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { health, problem, session } from '@/lib/broker/contract';
import { access, brokerWith, fakeVendor, keys, opening } from './kit';
import { startRedis, type RedisServer } from './redis-server';
import { brokerKeepsTheContract } from './suite';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server?.stop());

/** Each test under names of its own. */
const store = () => ({
  shared: true,
  config: { redis: { url: { env: 'REDIS_URL' }, prefix: `t${randomUUID().slice(0, 8)}` } },
  environment: { REDIS_URL: server.url },
});

describe('a broker that remembers in Redis', () => {
  brokerKeepsTheContract(store);

  it('leaves nothing there that a reader of the store could use', async () => {
    const { config, environment } = store();
    const broker = brokerWith({
      config: { ...config, access },
      environment,
      vendors: [fakeVendor()],
    });
    await expect.poll(() => broker.ready()).toBe(true);
    const key = randomUUID();
    const opened = await broker.app.request(
      '/v1/sessions',
      opening(keys.alice, { provider: 'perso' }, key),
    );
    const { credential } = v.parse(session, await opened.json());
    const redis = new Redis(server.url);
    const everything = JSON.stringify(await dump(redis, config.redis.prefix));
    redis.disconnect();
    await broker.close();
    expect(everything).toContain('key:alice');
    for (const secret of [credential.value, keys.alice, key])
      expect(everything).not.toContain(secret);
  });

  it('forgets everything in the end', async () => {
    const { config, environment } = store();
    const broker = brokerWith({
      config: { ...config, access },
      environment,
      vendors: [fakeVendor()],
    });
    await expect.poll(() => broker.ready()).toBe(true);
    await broker.app.request('/v1/sessions', opening(keys.alice, { provider: 'perso' }));
    await broker.close();
    const redis = new Redis(server.url);
    const names = await redis.keys(`*${config.redis.prefix}*`);
    const lives = await Promise.all(names.map(async (name) => [name, await redis.pttl(name)]));
    redis.disconnect();
    // But for the list of what is due, which empties itself.
    const lasting = lives.filter(([, life]) => Number(life) < 0).map(([name]) => name);
    expect(lasting).toEqual([`{${config.redis.prefix}}:due`]);
  });
});

describe('a broker whose Redis is gone', () => {
  it('opens nothing, says so on /healthz, still tells what it offers, and recovers', async () => {
    const own = await startRedis();
    const broker = brokerWith({
      config: { access, redis: { url: { env: 'REDIS_URL' } } },
      environment: { REDIS_URL: own.url },
      vendors: [fakeVendor()],
    });
    const open = () =>
      broker.app.request('/v1/sessions', opening(keys.alice, { provider: 'perso' }));
    await expect.poll(() => broker.ready()).toBe(true);
    await own.stop();

    await expect.poll(async () => (await open()).status).toBe(503);
    const refused = await open();
    expect(v.parse(problem, await refused.json())).toMatchObject({
      code: 'unavailable',
      action: 'wait',
    });
    expect(refused.headers.get('retry-after')).toBe('5');
    const degraded = await broker.app.request('/healthz');
    expect(degraded.status).toBe(503);
    expect(v.parse(health, await degraded.json())).toMatchObject({
      status: 'degraded',
      store: { kind: 'redis', reachable: false },
    });
    expect((await broker.app.request('/.well-known/avatar-broker')).status).toBe(200);

    const again = await startRedis(own.port);
    await expect.poll(() => broker.ready()).toBe(true);
    expect((await open()).status).toBe(201);
    await broker.close();
    await again.stop();
  });
});

async function dump(redis: Redis, prefix: string): Promise<unknown[]> {
  const names = await redis.keys(`*${prefix}*`);
  return Promise.all(names.map(async (name) => [name, await contents(redis, name)]));
}

async function contents(redis: Redis, name: string): Promise<unknown> {
  const type = await redis.type(name);
  if (type === 'hash') return redis.hgetall(name);
  if (type === 'zset') return redis.zrange(name, '0', '-1');
  return redis.get(name);
}
