import * as v from 'valibot';
import { rungs } from '@/lib/page/page';
import {
  brokeredProvider,
  count,
  line,
  personaId,
  providerIds,
  webAddress,
  webOrigin,
} from './wire';
import { read, type Reading } from './reading';

/** How a caller may prove who it is. `none` is for a broker on this very machine. */
export const authMethod = v.variant('type', [
  v.object({ type: v.literal('none') }),
  /** `Authorization: Bearer <access key>` */
  v.object({ type: v.literal('bearer') }),
  /** `<name>: <access key>` */
  v.object({
    type: v.literal('header'),
    name: v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/u)),
  }),
  /** `Authorization: Basic base64(<the caller's name>:<access key>)` */
  v.object({ type: v.literal('basic') }),
  /** Code flow with PKCE at `issuer`; its access token then goes as `Authorization: Bearer`. */
  v.object({
    type: v.literal('oidc'),
    issuer: webAddress,
    client_id: line(200),
    /** All scopes to ask for, `openid` and `offline_access` included where the operator wants them. */
    scopes: v.pipe(v.array(line(200)), v.minLength(1), v.maxLength(20)),
    /** What the access token must be made out to, where the issuer wants it asked for (RFC 8707). */
    resource: v.nullable(line(500)),
  }),
]);
export type AuthMethod = v.InferOutput<typeof authMethod>;

/** What an avatar can do. `face`: sends its own video; `hears`: takes a microphone. */
const capabilities = ['face', 'voice', 'hears', 'renews'] as const;

/** For a clock to count by, where the operator has figures; what is charged in the end, and how it is rounded, `price` says. */
const rate = v.object({
  /** For a minute. */
  amount: v.pipe(v.number(), v.minValue(0), v.maxValue(10_000)),
  /** ISO 4217 */
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/u)),
});

const persona = v.object({
  id: personaId,
  name: line(80),
  description: v.nullable(line(400)),
  /** BCP 47; empty when the operator does not say. */
  languages: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/u))),
    v.maxLength(50),
  ),
  /** In the operator's words, such as "0.10 € a minute, charged to your cost centre". */
  price: v.nullable(line(200)),
  rate: v.exactOptional(rate),
});
export type Persona = v.InferOutput<typeof persona>;

const offer = v.object({
  provider: brokeredProvider,
  capabilities: v.array(v.picklist(capabilities)),
  /**
   * Where the browser itself must be allowed to ask for these avatars, besides the broker. Whoever
   * shows one asks the reader for exactly these; brokers older than this say nothing.
   */
  origins: v.optional(v.pipe(v.array(webOrigin), v.maxLength(8)), []),
  /** The first is taken when a session request names none. */
  personas: v.pipe(v.array(persona), v.minLength(1), v.maxLength(200)),
});
export type Offer = v.InferOutput<typeof offer>;

/** `GET /.well-known/avatar-broker`: who runs this and what it offers. Asked without credentials. */
export const discovery = v.object({
  /** All contract versions served here. */
  versions: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), v.minLength(1)),
  name: line(120),
  operator: v.object({
    name: line(120),
    url: v.nullable(webAddress),
    /** A mail address or a page, as a URL. */
    contact: v.nullable(v.pipe(v.string(), v.regex(/^(?:mailto:|https?:\/\/)[^\s]{3,300}$/u))),
  }),
  privacy_url: v.nullable(webAddress),
  /** Said to the reader before the first session. */
  disclosure: v.nullable(line(1000)),
  /** In the operator's words; a persona's own price goes before. */
  price: v.nullable(line(200)),
  /** Any of these will do; the first is the one the operator prefers. */
  auth: v.pipe(v.array(authMethod), v.minLength(1)),
  providers: v.array(offer),
  /** The highest rung of the page context that the operator allows avatars to have. */
  context: v.picklist(rungs),
  limits: v.object({
    live_sessions: v.pipe(count, v.minValue(1)),
    /** A day, in UTC; null is without limit. */
    seconds_per_day: v.nullable(count),
    /** A session not renewed for so long is over. */
    idle_seconds: v.pipe(count, v.minValue(1)),
    /** However often it is renewed, a session is over after so long. */
    session_seconds: v.pipe(count, v.minValue(1)),
  }),
});
export type Discovery = v.InferOutput<typeof discovery>;

/** `skipped`: the `provider` and auth `type` names this version does not know. */
export type DiscoveryReading =
  | (Extract<Reading<Discovery>, { ok: true }> & { readonly skipped: readonly string[] })
  | Extract<Reading<Discovery>, { ok: false }>
  /** It speaks only versions of the contract that are not ours. */
  | { readonly ok: false; readonly versions: readonly number[] };

const authTypes = authMethod.options.map((method) => method.entries.type.literal);
const anyVersion = v.object({ versions: discovery.entries.versions });
const tagged = v.looseObject({
  auth: v.array(v.looseObject({ type: v.string() })),
  providers: v.array(v.looseObject({ provider: v.string() })),
});

/**
 * Reads a discovery document of any age: unknown vendors and unknown ways to sign in are left out
 * and named; everything known must keep to the contract.
 */
export function readDiscovery(answer: unknown, version: number): DiscoveryReading {
  const served = read(anyVersion, answer);
  if (served.ok && !served.value.versions.includes(version)) {
    return { ok: false, versions: served.value.versions };
  }
  const loose = read(tagged, answer);
  if (!loose.ok) return loose;
  const [auth, strangeAuth] = part(loose.value.auth, (entry) => isOneOf(authTypes, entry.type));
  const [providers, strangeProviders] = part(loose.value.providers, (entry) =>
    isOneOf(providerIds, entry.provider),
  );
  const known = read(discovery, { ...loose.value, auth, providers });
  if (!known.ok) return known;
  const skipped = [
    ...strangeProviders.map((entry) => entry.provider),
    ...strangeAuth.map((entry) => entry.type),
  ];
  return { ...known, skipped };
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function part<T>(all: readonly T[], wanted: (entry: T) => boolean): [T[], T[]] {
  return [all.filter(wanted), all.filter((entry) => !wanted(entry))];
}
