import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../callers';
import type { AccessKey } from '../config/schema';

interface Keys {
  /** @param name - whose key it has to be; null asks for anyone's. */
  find(key: string, name: string | null): Caller | null;
}

/**
 * A key is 256 random bits, so one round of SHA-256 hides it for good; a slow hash is for what
 * people think up. Every hash is compared, and each in constant time, so that how long it took
 * says nothing about any of them.
 */
export function createKeys(
  entries: readonly AccessKey[],
  usual: Pick<Caller, 'providers' | 'liveLimit' | 'dayLimit'>,
): Keys {
  const known = entries.flatMap(({ name, hashes, providers, live_sessions, minutes_per_day }) => {
    const caller: Caller = {
      id: `key:${name}`,
      providers: providers ?? usual.providers,
      liveLimit: live_sessions ?? usual.liveLimit,
      dayLimit: minutes_per_day === undefined ? usual.dayLimit : minutes_per_day * 60_000,
    };
    return hashes.map((of) => ({ name, caller, digest: Buffer.from(of.slice(7), 'hex') }));
  });
  const digest = Buffer.alloc(32);
  return {
    find(key, name) {
      digest.write(hash('sha256', key, 'binary'), 'binary');
      let found: Caller | null = null;
      for (const entry of known) {
        const same = timingSafeEqual(entry.digest, digest);
        if (same && (name === null || name === entry.name)) found = entry.caller;
      }
      return found;
    },
  };
}

/** A new access key, and the hash that goes into the configuration. */
export function makeKey(): { key: string; hash: string } {
  const key = `avk_${randomBytes(32).toString('base64url')}`;
  return { key, hash: hashOf(key) };
}

export function hashOf(key: string): string {
  return `sha256:${hash('sha256', key)}`;
}
