import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import {
  discovery,
  health,
  problem,
  quotaAnswer,
  renewal,
  session,
  sessionPath,
  type BrokeredSession,
  type ProblemCode,
} from '@/lib/broker/contract';
import type { Broker } from '@/broker/broker';
import { access, brokerWith, fakeVendor, keys, opening, post, type Written } from './kit';

const minute = 60_000;
const plenty = { requests_per_minute: 10_000, requests_per_minute_and_address: 10_000 };
const noon = Date.parse('2026-11-21T12:00:00Z');

/** `shared`: other brokers can remember there too. */
export interface Store {
  readonly shared: boolean;
  readonly config: Written;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * What every broker keeps to, wherever it remembers.
 *
 * @param store - the part of the configuration that says where.
 */
export function brokerKeepsTheContract(store: () => Store): void {
  const brokers: Broker[] = [];
  afterEach(async () => {
    await Promise.all(brokers.splice(0).map((broker) => broker.close()));
  });

  /** One broker, its vendor and its clock; `beside` starts another that shares its store. */
  async function started(limits: Written = {}) {
    let now = noon;
    const clock = () => now;
    const vendor = fakeVendor(clock);
    const { shared, environment, ...where } = store();
    const config = { access, limits: { ...plenty, ...limits }, ...where.config };
    const beside = async () => {
      const broker = brokerWith({ config, environment, vendors: [vendor], clock });
      brokers.push(broker);
      await expect.poll(() => broker.ready()).toBe(true);
      return broker;
    };
    const broker = await beside();
    const pass = (time: number) => {
      now += time;
    };
    const open = async (as = keys.alice, key?: string, at = broker) =>
      at.app.request('/v1/sessions', opening(as, { provider: 'perso' }, key));
    const opened = async (as = keys.alice, key?: string, at = broker): Promise<BrokeredSession> => {
      const response = await open(as, key, at);
      expect(response.status).toBe(201);
      return v.parse(session, await response.json());
    };
    const renew = async (id: string, as = keys.alice, body: unknown = {}) =>
      broker.app.request(sessionPath('renew', id), post(as, body));
    const end = async (id: string, as = keys.alice) =>
      broker.app.request(sessionPath('end', id), post(as));
    const quota = async (as = keys.alice) => {
      const headers = { Authorization: `Bearer ${as}` };
      const response = await broker.app.request('/v1/quota', { headers });
      return v.parse(quotaAnswer, await response.json());
    };
    return { broker, vendor, shared, beside, pass, open, opened, renew, end, quota };
  }

  async function refused(response: Response, code: ProblemCode) {
    const body = v.parse(problem, await response.json());
    expect(body.code).toBe(code);
    expect(response.status).toBe(body.status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('trace-id')).toBe(body.trace);
    return body;
  }

  describe('opening', () => {
    it('says to anyone what it offers', async () => {
      const { broker } = await started();
      const response = await broker.app.request('/.well-known/avatar-broker');
      const told = v.parse(discovery, await response.json());
      expect(told.providers.map(({ provider }) => provider)).toEqual(['perso']);
      expect(told.auth.map(({ type }) => type)).toEqual(['bearer', 'basic']);
    });

    it('gives a session that keeps to the contract and that nobody may store', async () => {
      const { open, vendor } = await started();
      const response = await open();
      expect(response.status).toBe(201);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const given = v.parse(session, await response.json());
      expect(given).toMatchObject({
        provider: 'perso',
        persona: 'ada',
        trace: response.headers.get('trace-id'),
        limits: {
          renew_by: '2026-11-21T12:03:00.000Z',
          ends_at: '2026-11-21T12:30:00.000Z',
          idle_seconds: 180,
        },
        quota: { live: 1, live_limit: 1, seconds_used: 180, resets_at: '2026-11-22T00:00:00.000Z' },
      });
      expect(vendor.opened).toEqual(['ada']);
    });

    it('refuses one more than allowed, and lists what could be ended instead', async () => {
      const { open, opened, end } = await started();
      const first = await opened();
      const body = await refused(await open(), 'concurrency_limit');
      expect(body.active_sessions?.map((active) => active.session)).toEqual([first.session]);
      await end(first.session);
      expect((await open()).status).toBe(201);
    });

    it('counts each caller for itself', async () => {
      const { opened } = await started();
      await opened(keys.alice);
      await opened(keys.bob);
    });

    it('takes no slot and no time when the vendor fails', async () => {
      const { open, opened, vendor, quota } = await started({ minutes_per_day: 5 });
      vendor.failure = new Error('boom');
      await refused(await open(), 'internal');
      expect((await quota()).quota).toMatchObject({ live: 0, seconds_used: 0 });
      vendor.failure = null;
      await opened();
    });
  });

  describe('the same Idempotency-Key again', () => {
    it('gives the same session, and asks the vendor once', async () => {
      const { opened, vendor } = await started();
      const key = randomUUID();
      const first = await opened(keys.alice, key);
      expect(await opened(keys.alice, key)).toEqual(first);
      expect(vendor.opened).toHaveLength(1);
    });

    it('gives one session to twenty who ask at once, at two brokers', async () => {
      const { opened, vendor, shared, beside } = await started({ live_sessions: 50 });
      const other = shared ? await beside() : undefined;
      const key = randomUUID();
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          opened(keys.alice, key, index % 2 === 1 ? other : undefined),
        ),
      );
      expect(new Set(all.map((one) => one.session)).size).toBe(1);
      expect(vendor.opened).toHaveLength(1);
    });

    it('tries again after a failure', async () => {
      const { open, opened, vendor } = await started();
      const key = randomUUID();
      vendor.failure = new Error('boom');
      await refused(await open(keys.alice, key), 'internal');
      vendor.failure = null;
      await opened(keys.alice, key);
      expect(vendor.opened).toHaveLength(2);
    });

    it('is refused for another request', async () => {
      const { broker, opened } = await started({ live_sessions: 5 });
      const key = randomUUID();
      await opened(keys.alice, key);
      const other = opening(keys.alice, { provider: 'perso', persona: 'ben' }, key);
      await refused(await broker.app.request('/v1/sessions', other), 'key_reused');
    });

    it('does not give one caller the session of another', async () => {
      const { opened } = await started();
      const key = randomUUID();
      const hers = await opened(keys.alice, key);
      const his = await opened(keys.bob, key);
      expect(his.session).not.toBe(hers.session);
    });

    it('does not give back a session that has ended', async () => {
      const { open, opened, end } = await started();
      const key = randomUUID();
      const { session } = await opened(keys.alice, key);
      await end(session);
      await refused(await open(keys.alice, key), 'session_ended');
    });
  });

  describe('a live session', () => {
    it('lives on while it is renewed, and no longer than it may', async () => {
      const { opened, renew, pass } = await started({ session_minutes: 5 });
      const { session } = await opened();
      pass(2 * minute);
      const first = v.parse(renewal, await (await renew(session)).json());
      expect(first.limits.renew_by).toBe('2026-11-21T12:05:00.000Z');
      pass(2.5 * minute);
      expect((await renew(session)).status).toBe(200);
      pass(minute);
      await refused(await renew(session), 'session_ended');
    });

    it('is over when nobody renews it, and is then ended with the vendor, once', async () => {
      const { opened, renew, pass, broker, vendor, quota } = await started();
      const given = await opened();
      pass(3 * minute);
      await refused(await renew(given.session), 'session_ended');
      expect((await quota()).sessions).toEqual([]);
      await Promise.all([broker.sweep(), broker.sweep()]);
      expect(vendor.ended).toEqual([given.credential.value]);
    });

    it('is ended with the vendor when it is ended here; twice does no harm', async () => {
      const { opened, end, vendor } = await started();
      const given = await opened();
      const answers = await Promise.all([end(given.session), end(given.session)]);
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      expect((await end(given.session)).status).toBe(204);
      expect(vendor.ended).toEqual([given.credential.value]);
    });

    it('is nobody else’s to renew or to end', async () => {
      const { opened, renew, end, quota } = await started();
      const { session } = await opened(keys.alice);
      await refused(await renew(session, keys.bob), 'session_ended');
      expect((await end(session, keys.bob)).status).toBe(204);
      expect((await quota(keys.alice)).sessions).toHaveLength(1);
      expect((await quota(keys.bob)).sessions).toHaveLength(0);
    });

    it('is listed with what is left of the day', async () => {
      const { opened, pass, quota } = await started({ live_sessions: 3, minutes_per_day: 60 });
      const first = await opened();
      pass(1);
      const second = await opened();
      const told = await quota();
      expect(told.sessions.map(({ session }) => session)).toEqual([first.session, second.session]);
      expect(told.quota).toMatchObject({ live: 2, live_limit: 3, seconds_limit: 3600 });
      expect(told.quota.seconds_used).toBe(360);
    });
  });

  describe('the minutes of a day', () => {
    it('come back, as far as they were not used, when a session is ended', async () => {
      const { opened, end, pass, quota } = await started({ minutes_per_day: 10 });
      const { session } = await opened();
      pass(minute);
      await end(session);
      expect((await quota()).quota.seconds_used).toBe(60);
    });

    it('bound the last session, and then it is tomorrow', async () => {
      const { open, opened, renew, pass } = await started({ minutes_per_day: 4 });
      const { session } = await opened();
      pass(2 * minute);
      const renewed = v.parse(renewal, await (await renew(session)).json());
      expect(renewed.limits.renew_by).toBe('2026-11-21T12:04:00.000Z');
      pass(minute);
      await refused(await renew(session), 'quota_exceeded');
      pass(minute);
      const body = await refused(await open(), 'quota_exceeded');
      expect(body.retry_after).toBe(11 * 3600 + 56 * 60);
      pass(12 * 60 * minute);
      await opened();
    });

    it('are never exceeded, however many sessions there are at once', async () => {
      const { open, quota } = await started({ minutes_per_day: 10, live_sessions: 100 });
      const answers = await Promise.all(Array.from({ length: 20 }, () => open()));
      // Three leases of 3 min, and one of the minute that is left.
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
      expect((await quota()).quota.seconds_used).toBe(600);
    });
  });

  it('opens exactly as many sessions as allowed, of fifty asked for at once', async () => {
    const { open } = await started({ live_sessions: 7 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => open()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(43);
  });

  it('counts requests, and says when to ask again', async () => {
    const { broker } = await started({ requests_per_minute: 3 });
    const ask = () =>
      broker.app.request('/v1/quota', { headers: { Authorization: `Bearer ${keys.alice}` } });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const response = await ask();
    const body = await refused(response, 'rate_limited');
    expect(response.headers.get('retry-after')).toBe(String(body.retry_after));
    expect(body.retry_after).toBeLessThanOrEqual(60);
  });

  it('is healthy, and says so', async () => {
    const { broker } = await started();
    const response = await broker.app.request('/healthz');
    expect(response.status).toBe(200);
    expect(v.parse(health, await response.json()).status).toBe('ok');
  });
}
