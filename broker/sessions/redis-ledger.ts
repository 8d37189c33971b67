import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { brokeredProvider } from '@/lib/broker/contract';
import { dayOf, daysKept, shortestLease, type Ledger, type LiveSession } from './ledger';
import { run } from './redis-script';

/**
 * For any number of processes. Each verb is one script, which Redis runs alone. All keys carry one
 * hash tag, so that a cluster keeps them together.
 *
 * - `session:<id>` hash: `fixed` (JSON), `renewBy`, `day`, `later` (JSON)
 * - `live:<caller>` sorted set of session ids by `renewBy`
 * - `used:<caller>:<day>` milliseconds
 * - `due` sorted set of all session ids by `renewBy`
 */
export function createRedisLedger(redis: Redis, prefix: string): Ledger {
  const key = (...parts: string[]) => [`{${prefix}}`, ...parts].join(':');
  const due = key('due');
  const keyOf = (session: string) => key('session', session);
  const liveKey = (caller: string) => key('live', caller);
  const usedKey = (caller: string, day: string) => key('used', caller, day);

  const read = async (session: string): Promise<LiveSession | null> =>
    parsed(await redis.hmget(keyOf(session), 'fixed', 'renewBy', 'later'));

  return {
    async open({ session, caller, provider, persona, now, lease, endsAt, dayLimit, liveLimit }) {
      const day = dayOf(now);
      const fixed = { session, caller, provider, persona, startedAt: now, endsAt };
      const [outcome, renewBy, used, live] = answerOf(
        await run(
          redis,
          openScript,
          [keyOf(session), liveKey(caller), usedKey(caller, day), due],
          [
            now,
            Math.min(lease, endsAt - now),
            dayLimit ?? -1,
            liveLimit,
            shortestLease,
            daysKept,
            session,
            day,
            JSON.stringify(fixed),
          ],
        ),
      );
      if (outcome === 'full' || outcome === 'spent') return { outcome };
      return { outcome: 'opened', renewBy, used, live };
    },
    async note(session, later) {
      await run(redis, noteScript, [keyOf(session)], [JSON.stringify(later)]);
    },
    async find(session, now) {
      const found = await read(session);
      return found && found.renewBy > now ? found : null;
    },
    async renew(session, { now, lease, dayLimit }) {
      const found = await read(session);
      if (!found) return { outcome: 'ended' };
      const day = dayOf(now);
      const [outcome, renewBy, used, live] = answerOf(
        await run(
          redis,
          renewScript,
          [keyOf(session), liveKey(found.caller), usedKey(found.caller, day), due],
          [now, Math.min(now + lease, found.endsAt), dayLimit ?? -1, daysKept, session, day],
        ),
      );
      if (outcome === 'ended' || outcome === 'spent') return { outcome };
      return { outcome: 'renewed', renewBy, used, live };
    },
    async close(session, now) {
      const found = await read(session);
      if (!found) return null;
      const usedPrefix = usedKey(found.caller, '');
      const closed = await run(
        redis,
        closeScript,
        [keyOf(session), liveKey(found.caller), due],
        [now, session, usedPrefix],
      );
      return closed === 1 ? found : null;
    },
    async lapsed(now) {
      const rows = v.parse(scriptRows, await run(redis, lapsedScript, [due], [now, keyOf('')]));
      return rows.flatMap((row) => parsed(row) ?? []);
    },
    async account(caller, now) {
      const [ids, used] = await Promise.all([
        redis.zrangebyscore(liveKey(caller), `(${now}`, '+inf'),
        redis.get(usedKey(caller, dayOf(now))),
      ]);
      const live = (await Promise.all(ids.map(read))).filter((found) => found !== null);
      live.sort((a, b) => a.startedAt - b.startedAt);
      return { used: Number(used ?? 0), live };
    },
  };
}

const openScript = `
local now, lease, daily, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local live = redis.call('ZCARD', KEYS[2])
if live >= most then return {'full', 0, 0, 0} end
local used = tonumber(redis.call('GET', KEYS[3]) or '0')
if daily >= 0 then lease = math.min(lease, daily - used) end
if lease < tonumber(ARGV[5]) then return {'spent', 0, 0, 0} end
local renewBy = now + lease
redis.call('HSET', KEYS[1], 'fixed', ARGV[9], 'renewBy', renewBy, 'day', ARGV[8])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('ZADD', KEYS[2], renewBy, ARGV[7])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
redis.call('ZADD', KEYS[4], renewBy, ARGV[7])
redis.call('INCRBY', KEYS[3], lease)
redis.call('PEXPIRE', KEYS[3], ARGV[6])
return {'opened', renewBy, used + lease, live + 1}
`;

const noteScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'later', ARGV[1]) end
return 1
`;

const renewScript = `
local now, wanted, daily = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local renewBy = tonumber(redis.call('HGET', KEYS[1], 'renewBy') or '0')
if renewBy <= now then return {'ended', 0, 0, 0} end
local used = tonumber(redis.call('GET', KEYS[3]) or '0')
local asked = math.max(0, wanted - renewBy)
local more = asked
if daily >= 0 then more = math.max(0, math.min(asked, daily - used)) end
if asked > 0 and more == 0 then return {'spent', 0, 0, 0} end
if more > 0 then
  renewBy = renewBy + more
  used = redis.call('INCRBY', KEYS[3], more)
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
  redis.call('HSET', KEYS[1], 'renewBy', renewBy, 'day', ARGV[6])
  redis.call('ZADD', KEYS[2], renewBy, ARGV[5])
  redis.call('ZADD', KEYS[4], renewBy, ARGV[5])
end
return {'renewed', renewBy, used, redis.call('ZCOUNT', KEYS[2], '(' .. ARGV[1], '+inf')}
`;

const closeScript = `
local found = redis.call('HMGET', KEYS[1], 'renewBy', 'day')
if not found[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[2])
local back = tonumber(found[1]) - tonumber(ARGV[1])
local account = ARGV[3] .. found[2]
if back > 0 and redis.call('EXISTS', account) == 1 then
  if redis.call('DECRBY', account, back) < 0 then redis.call('SET', account, 0, 'KEEPTTL') end
end
return 1
`;

/** A hundred at a time: the next round takes the rest. */
const lapsedScript = `
local rows = {}
for _, session in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 100)) do
  redis.call('ZREM', KEYS[1], session)
  local row = redis.call('HMGET', ARGV[2] .. session, 'fixed', 'renewBy', 'later')
  redis.call('DEL', ARGV[2] .. session)
  if row[1] then rows[#rows + 1] = row end
end
return rows
`;

const answer = v.tuple([v.string(), v.number(), v.number(), v.number()]);
const scriptRows = v.array(v.array(v.nullable(v.string())));

/** A script that answers otherwise is a bug, and loud. */
function answerOf(value: unknown): v.InferOutput<typeof answer> {
  return v.parse(answer, value);
}

const fixedSchema = v.object({
  session: v.string(),
  caller: v.string(),
  provider: brokeredProvider,
  persona: v.string(),
  startedAt: v.number(),
  endsAt: v.number(),
});
const laterSchema = v.object({
  credentialUntil: v.number(),
  reference: v.nullable(v.string()),
});

function parsed([fixed, renewBy, later]: readonly (string | null)[]): LiveSession | null {
  if (!fixed || !renewBy) return null;
  return {
    ...v.parse(fixedSchema, JSON.parse(fixed)),
    renewBy: Number(renewBy),
    later: later ? v.parse(laterSchema, JSON.parse(later)) : null,
  };
}
