import { Redis } from 'ioredis';
import type { Health } from '@/lib/broker/contract';
import type { Config } from './config/schema';
import { createRequestLimit, type RequestLimit } from './limits/requests';
import type { Ledger } from './sessions/ledger';
import { createMemoryLedger } from './sessions/memory-ledger';
import { createMemoryReplays } from './sessions/memory-replays';
import { createRedisLedger } from './sessions/redis-ledger';
import { createRedisReplays } from './sessions/redis-replays';
import type { Replays } from './sessions/replays';
import { createSeal, noSeal, type Seal } from './sessions/seal';

/** Everything a broker must remember, in this process or in a Redis it shares with others. */
export interface Stores {
  readonly kind: Health['store']['kind'];
  readonly ledger: Ledger;
  readonly replays: Replays;
  readonly seal: Seal;
  readonly perCaller: RequestLimit;
  readonly perAddress: RequestLimit;
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * @param secrets - all of the broker's; what waits in Redis is sealed with them.
 * @param troubled - told when Redis cannot be reached.
 */
export function createStores(
  { redis, limits }: Config,
  secrets: readonly string[],
  troubled: (error: Error) => void,
): Stores {
  const perCaller = limits.requests_per_minute;
  const perAddress = limits.requests_per_minute_and_address;
  if (!redis) {
    return {
      kind: 'memory',
      ledger: createMemoryLedger(),
      replays: createMemoryReplays(Date.now),
      seal: noSeal,
      perCaller: createRequestLimit('caller', perCaller, null),
      perAddress: createRequestLimit('address', perAddress, null),
      reachable: () => Promise.resolve(true),
      close: () => Promise.resolve(),
    };
  }
  const client = connect(redis.url, troubled);
  const shared = { redis: client, prefix: redis.prefix };
  return {
    kind: 'redis',
    ledger: createRedisLedger(client, redis.prefix),
    replays: createRedisReplays(client, redis.prefix),
    seal: createSeal(secrets),
    perCaller: createRequestLimit('caller', perCaller, shared),
    perAddress: createRequestLimit('address', perAddress, shared),
    reachable: () => client.ping().then(alive, notAlive),
    async close() {
      client.disconnect();
    },
  };
}

const alive = () => true;
const notAlive = () => false;

function connect(url: string, troubled: (error: Error) => void): Redis {
  const client = new Redis(url, {
    // What cannot be counted is refused at once: a queue would only make the caller wait for it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 2000,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  });
  client.on('error', troubled);
  return client;
}
