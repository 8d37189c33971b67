import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '@/lib/errors';
import {
  codeOf,
  codeOfClose,
  codeOfStatus,
  endingFor,
  withToken,
} from '@/lib/providers/soul-machines/failures';
import { t } from '@/lib/words';

describe('what the SDK or the service calls a failure', () => {
  it.each<[string, ErrorCode]>([
    ['notSupported', 'vendor_unsupported'],
    ['noUserMedia', 'vendor_media'],
    ['serverConnectionFailed', 'vendor_unreachable'],
    ['noServer', 'vendor_unreachable'],
    ['noScene', 'vendor_busy'],
    ['mediaStreamFailed', 'vendor_media'],
    ['sessionTimeout', 'vendor_expired'],
    ['noSessionToResume', 'vendor_expired'],
    ['controlFailed', 'vendor_failed'],
    ['controlDisconnected', 'vendor_lost'],
    ['noSession', 'vendor_lost'],
    ['unknown', 'vendor_failed'],
    ['noConnection', 'vendor_lost'],
    ['failedUpgrade', 'vendor_media'],
    ['noVideoElement', 'vendor_media'],
    ['userInteractionRequired', 'vendor_unplayed'],
    ['The monthly limit was reached', 'vendor_quota'],
    ['over capacity', 'vendor_busy'],
    ['token has expired', 'vendor_expired'],
    ['invalid token', 'vendor_refused'],
    ['toString', 'vendor_failed'],
  ])('%s is %s, and has its sentence', (name, code) => {
    expect(codeOf(name)).toBe(code);
    expect(t(`error.${code}`)).toMatch(/\w{3}/u);
  });
});

describe('why a live session ends', () => {
  it.each([
    ['sessionTimeout', { by: 'limit' }],
    ['conversationEnded', { by: 'avatar' }],
    ['normal', { by: 'avatar' }],
    ['controlDisconnected', { by: 'error', error: { code: 'vendor_lost' } }],
    ['controlFailed', { by: 'error', error: { code: 'vendor_lost' } }],
    ['quota', { by: 'error', error: { code: 'vendor_quota' } }],
    ['moonrise', { by: 'error', error: { code: 'vendor_lost' } }],
  ])('%s', (reason, ending) => {
    expect(endingFor(reason)).toMatchObject(ending);
  });
});

it.each<[number, ErrorCode]>([
  [1000, 'vendor_failed'],
  [1006, 'vendor_unreachable'],
  [1008, 'vendor_refused'],
  [1013, 'vendor_busy'],
  [4401, 'vendor_refused'],
  [4429, 'vendor_busy'],
  [4999, 'vendor_failed'],
])('a socket closed with %i while it connects is %s', (close, code) => {
  expect(codeOfClose(close)).toBe(code);
});

it.each<[number, ErrorCode]>([
  [401, 'vendor_refused'],
  [402, 'vendor_quota'],
  [403, 'vendor_refused'],
  [404, 'vendor_unknown'],
  [429, 'vendor_busy'],
  [500, 'vendor_failed'],
  [503, 'vendor_failed'],
])('a key server that answers %i is %s', (status, code) => {
  expect(codeOfStatus(status)).toBe(code);
});

describe('a look at the token', () => {
  const now = 1_800_000_000;
  const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.s`;

  it.each<[string, string, ErrorCode]>([
    ['is good', tokenOf({ exp: now + 60, nbf: now - 60 }), 'vendor_busy'],
    ['is over', tokenOf({ exp: now - 1 }), 'vendor_expired'],
    ['is not valid yet', tokenOf({ exp: now + 900, nbf: now + 600 }), 'vendor_refused'],
    ['is none', 'nothing', 'vendor_refused'],
  ])('that %s says why there is no scene', (_, token, code) => {
    expect(withToken('vendor_busy', token, now * 1000)).toBe(code);
  });

  it('changes nothing where something else is the matter', () => {
    expect(withToken('vendor_quota', 'nothing', now * 1000)).toBe('vendor_quota');
  });
});
