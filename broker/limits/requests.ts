import type { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { Problem } from '../problem';

/** How often somebody may ask. */
export interface RequestLimit {
  /** @throws Problem `rate_limited` */
  count(who: string): Promise<void>;
}

/**
 * So many requests a minute. With Redis all brokers count together; while it is gone each counts
 * for itself, which lets through a little more but never everything.
 */
export function createRequestLimit(
  name: string,
  perMinute: number,
  shared: { readonly redis: Redis; readonly prefix: string } | null,
): RequestLimit {
  const memory = new RateLimiterMemory({ keyPrefix: name, points: perMinute, duration: 60 });
  const limiter: RateLimiterAbstract = shared
    ? new RateLimiterRedis({
        storeClient: shared.redis,
        keyPrefix: `{${shared.prefix}}:${name}`,
        points: perMinute,
        duration: 60,
        insuranceLimiter: memory,
      })
    : memory;
  return { count: (who) => limiter.consume(who).then(counted, refused) };
}

function counted(): void {}

function refused(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  const seconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
  throw new Problem('rate_limited', `Ask again in ${seconds} s.`, { retry_after: seconds });
}
