import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as v from 'valibot';
import { read, type AuthMethod } from '@/lib/broker/contract';
import type { Caller } from '../callers';
import type { OidcConfig } from '../config/schema';
import { Problem } from '../problem';
import { unknown } from './unknown';

interface Oidc {
  readonly method: AuthMethod;
  /** @throws Problem */
  identify(token: string): Promise<Caller>;
}

/** Public keys only: with a shared secret whoever can check a token could make one. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];
const patience = 5000;

/** Access tokens of an issuer: its keys are found by discovery, once, and again when they change. */
export function createOidc(
  config: OidcConfig,
  usual: Pick<Caller, 'providers' | 'liveLimit' | 'dayLimit'>,
): Oidc {
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const keysOnce = () => {
    keys ??= discover(config.issuer).catch((error: unknown) => {
      keys = null;
      throw error;
    });
    return keys;
  };
  return {
    method: {
      type: 'oidc',
      issuer: config.issuer,
      client_id: config.client_id,
      scopes: [...new Set([...config.sign_in_scopes, config.scope])],
      resource: config.ask_for_resource ? config.audience : null,
    },
    async identify(token) {
      const claims = await verified(token, config, keysOnce);
      if (!scopesOf(claims).includes(config.scope)) throw notEntitled(config.scope);
      const person = createHash('sha256').update(`${claims.iss}\n${claims.sub}`);
      return { id: `oidc:${person.digest('base64url').slice(0, 22)}`, ...usual };
    },
  };
}

async function verified(
  token: string,
  config: OidcConfig,
  keysOnce: () => Promise<JWTVerifyGetKey>,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, await keysOnce(), {
      issuer: config.issuer,
      audience: config.audience,
      clockTolerance: config.clock_skew_seconds,
      algorithms,
      requiredClaims: ['sub', 'exp'],
    });
    return payload;
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): Problem {
  const refused = (detail: string) => unknown(detail, 'invalid_token', error);
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired) return refused('Your sign-in has run out.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf') {
      return refused(
        'Your sign-in is not valid yet: a clock is wrong, here or where you signed in.',
      );
    }
    if (error.claim === 'aud') return refused('You signed in for something else than this broker.');
    return refused('This sign-in is not one this broker accepts.');
  }
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
    return new Problem(
      'unavailable',
      'The place where you sign in cannot be reached by the broker.',
      {
        retry_after: 10,
        cause: error,
      },
    );
  }
  return refused('This sign-in is not one this broker accepts.');
}

const metadata = v.object({ issuer: v.string(), jwks_uri: v.pipe(v.string(), v.url()) });

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/+$/u, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new Error(`the issuer's discovery answered HTTP ${response.status}`);
  const reading = read(metadata, await response.json());
  if (!reading.ok) throw new Error(`the issuer's discovery is not one: ${reading.problem}`);
  if (reading.value.issuer !== issuer) {
    throw new Error(`the issuer calls itself ${reading.value.issuer}, the configuration ${issuer}`);
  }
  return createRemoteJWKSet(new URL(reading.value.jwks_uri), {
    timeoutDuration: patience,
    cooldownDuration: 30_000,
  });
}

/** `scope` as RFC 9068 has it, or `scp` as some issuers do. */
function scopesOf({ scope, scp }: JWTPayload): readonly unknown[] {
  const granted = scope ?? scp;
  if (Array.isArray(granted)) return granted;
  return typeof granted === 'string' ? granted.split(' ') : [];
}

function notEntitled(scope: string): Problem {
  return new Problem('not_entitled', 'Your sign-in does not include the use of avatars.', {
    challenge: `Bearer realm="avatar-broker", error="insufficient_scope", scope="${scope}"`,
  });
}
