import { createHmac, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { inworldCredential } from '@/lib/broker/contract';
import type { InworldConfig } from '../config/schema';
import { call } from './call';
import { byId, shown } from './persona';
import type { Vendor } from './vendor';

/**
 * The two ways an account can ask for a session token. Both sign in the same manner; what they
 * sign is a name for the call, and a host that need not be the one the request goes to.
 */
const forms = {
  'session-tokens': {
    path: '/v1/sessionTokens/token:generate',
    signedHost: 'api.inworld.ai',
    signedMethod: 'ai.inworld.engine.v1.SessionTokens/GenerateSessionToken',
    body: (key: string) => ({ api_key: key }),
  },
  engine: {
    path: '/auth/v1/tokens/token:generate',
    signedHost: 'api-engine.inworld.ai',
    signedMethod: 'ai.inworld.engine.WorldEngine/GenerateToken',
    body: (key: string, workspace: string) => ({ key, resources: [`workspaces/${workspace}`] }),
  },
} as const;

const { value, type, session_id } = inworldCredential.entries;
const tokenAnswer = v.object({
  token: value,
  type,
  expirationTime: v.pipe(
    v.string(),
    v.check((written) => !Number.isNaN(Date.parse(written)), 'not a time'),
  ),
  sessionId: session_id,
});

export function createInworld(config: InworldConfig, clock: () => Date = () => new Date()): Vendor {
  const form = forms[config.form];
  const credential = async () => {
    const answer = await call({
      vendor: 'Inworld',
      url: config.api_url.replace(/\/+$/u, '') + form.path,
      method: 'POST',
      headers: () => ({
        authorization: signature({
          key: config.key,
          secret: config.secret,
          host: form.signedHost,
          method: form.signedMethod,
          at: clock(),
        }),
      }),
      body: form.body(config.key, config.workspace ?? ''),
      answer: tokenAnswer,
      safe: true,
    });
    return {
      kind: 'inworld-token',
      value: answer.token,
      type: answer.type,
      session_id: answer.sessionId,
      expires_at: new Date(answer.expirationTime).toISOString(),
      single_use: false,
    } as const;
  };
  return {
    offer: {
      provider: 'inworld',
      capabilities: ['voice', 'hears', 'renews'],
      // One socket only, which browsers let an extension open anywhere.
      origins: [],
      personas: config.personas.map(shown),
    },
    async open(persona) {
      const { scene } = byId(config.personas, persona);
      return {
        grant: {
          provider: 'inworld',
          credential: await credential(),
          connect: { gateway: config.gateway, scene },
        },
        reference: null,
      };
    },
    renew: credential,
  };
}

interface Signed {
  readonly key: string;
  readonly secret: string;
  readonly host: string;
  readonly method: string;
  readonly at: Date;
  /** Hexadecimal; made here, but for tests. */
  readonly nonce?: string;
}

/** The `Authorization` header of `IW1-HMAC-SHA256`: a chain of keys, each made with the one before. */
export function signature({ key, secret, host, method, at, nonce }: Signed): string {
  const dateTime = at.toISOString().replace(/\D/gu, '').slice(0, 14);
  const once = nonce ?? randomBytes(16).toString('hex');
  const signed = [dateTime, host, method, once, 'iw1_request'].reduce<Buffer>(
    (chain, message) => createHmac('sha256', chain).update(message).digest(),
    Buffer.from(`IW1${secret}`),
  );
  return (
    `IW1-HMAC-SHA256 ApiKey=${key},DateTime=${dateTime},Nonce=${once},` +
    `Signature=${signed.toString('hex')}`
  );
}
