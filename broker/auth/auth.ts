import type { AuthMethod } from '@/lib/broker/contract';
import type { Caller } from '../callers';
import type { Config } from '../config/schema';
import { isLoopback } from '../loopback';
import { createKeys } from './keys';
import { createOidc } from './oidc';
import { presented, type GetHeader } from './presented';
import { unknown } from './unknown';

export interface Auth {
  /** As discovery lists them, the preferred one first. */
  readonly methods: readonly AuthMethod[];
  /**
   * Finds out who asks.
   *
   * @throws Problem `auth_required` or `not_entitled`; `unavailable` if the issuer cannot be asked.
   */
  identify(get: GetHeader): Caller | Promise<Caller>;
}

type Entitlement = Pick<Caller, 'providers' | 'liveLimit' | 'dayLimit'>;

export function createAuth({ access, limits, listen }: Config): Auth {
  const usual: Entitlement = {
    providers: null,
    liveLimit: limits.live_sessions,
    dayLimit: inMilliseconds(limits.minutes_per_day),
  };
  if (access.keys.length === 0 && !access.oidc) return createOpen(usual, listen.host);
  const keys = createKeys(access.keys, usual);
  const oidc = access.oidc ? createOidc(access.oidc, usual) : null;
  const { header } = access;
  return {
    methods: [
      ...(access.oidc && oidc ? [oidc.method] : []),
      ...(access.keys.length === 0
        ? []
        : [{ type: 'bearer' } as const, { type: 'basic' } as const]),
      ...(header === undefined ? [] : [{ type: 'header', name: header } as const]),
    ],
    identify(get) {
      const credential = presented(get, header);
      if (credential === null) throw unknown('Sign in, or give the access key you were handed.');
      const caller = keys.find(credential.secret, credential.name);
      if (caller) return caller;
      // Three parts make a token; anything else is an access key nobody has.
      if (oidc && credential.name === null && credential.secret.split('.').length === 3) {
        return oidc.identify(credential.secret);
      }
      throw unknown('This access key is not valid, or not any more.', 'invalid_token');
    },
  };
}

/** Nobody says who they are; the configuration lets this be only where the machine is its own. */
function createOpen(usual: Entitlement, host: string): Auth {
  if (!isLoopback(host))
    throw new Error('a broker without access control listens on loopback only');
  const caller: Caller = { id: 'local', ...usual };
  return { methods: [{ type: 'none' }], identify: () => caller };
}

/** Milliseconds a day. */
function inMilliseconds(minutes: number | undefined): number | null {
  return minutes === undefined ? null : minutes * 60_000;
}
