import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { run } from './redis-script';
import { answerKept, claimLapses, type Replays } from './replays';

/**
 * For any number of processes. Of a key, which lets whoever has it ask for the answer, only a
 * digest stands in Redis. A value is `?<claimant>` while claimed and `=<answer>` when
 * settled.
 */
export function createRedisReplays(redis: Redis, prefix: string): Replays {
  const keyOf = (key: string) => `{${prefix}}:replay:${hash('sha256', key, 'base64url')}`;
  return {
    async claim(key, claimant) {
      // One command, since a GET after a failed SET could find the value gone again.
      const before = await redis.set(keyOf(key), `?${claimant}`, 'PX', claimLapses, 'NX', 'GET');
      if (before === null) return { state: 'claimed' };
      return before.startsWith('=')
        ? { state: 'settled', answer: before.slice(1) }
        : { state: 'busy' };
    },
    async settle(key, claimant, answer) {
      await run(redis, settleScript, [keyOf(key)], [`?${claimant}`, `=${answer}`, answerKept]);
    },
    async release(key, claimant) {
      await run(redis, releaseScript, [keyOf(key)], [`?${claimant}`]);
    },
  };
}

const settleScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1
`;

const releaseScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`;
