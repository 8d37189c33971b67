import { expect, it } from 'vitest';
import { createKeys, hashOf, makeKey } from '@/broker/auth/keys';

const usual = { providers: null, liveLimit: 1, dayLimit: null };

it('a key that was made is found by its hash', () => {
  const { key, hash } = makeKey();
  const keys = createKeys([{ name: 'alice', hashes: [hash] }], usual);
  expect(keys.find(key, null)?.id).toBe('key:alice');
  expect(keys.find(`${key}x`, null)).toBeNull();
  expect(keys.find(hash, null)).toBeNull();
});

it('while a key is replaced both are one caller', () => {
  const [old, next] = [makeKey(), makeKey()];
  const keys = createKeys([{ name: 'alice', hashes: [old.hash, next.hash] }], usual);
  expect(keys.find(old.key, null)).toEqual(keys.find(next.key, null));
});

it('keys are never the same and hold 256 bits', () => {
  const [one, other] = [makeKey(), makeKey()];
  expect(one.key).not.toBe(other.key);
  expect(Buffer.from(one.key.slice('avk_'.length), 'base64url')).toHaveLength(32);
  expect(hashOf(one.key)).toBe(one.hash);
});

it('a caller has the usual limits, or its own', () => {
  const [usualKey, ownKey] = [makeKey(), makeKey()];
  const keys = createKeys(
    [
      { name: 'usual', hashes: [usualKey.hash] },
      {
        name: 'own',
        hashes: [ownKey.hash],
        providers: ['perso'],
        live_sessions: 5,
        minutes_per_day: 2,
      },
    ],
    usual,
  );
  expect(keys.find(usualKey.key, null)).toEqual({ id: 'key:usual', ...usual });
  expect(keys.find(ownKey.key, null)).toEqual({
    id: 'key:own',
    providers: ['perso'],
    liveLimit: 5,
    dayLimit: 120_000,
  });
});
