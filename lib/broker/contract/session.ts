import * as v from 'valibot';
import { quota } from './quota';
import { brokeredProvider, instant, line, personaId, sessionId, traceId } from './wire';

/** `POST /v1/sessions`. Strict: there is no room in it for anything about a page. */
export const sessionRequest = v.strictObject({
  provider: brokeredProvider,
  persona: v.optional(personaId),
});
export type SessionRequest = v.InferOutput<typeof sessionRequest>;

/** `POST /v1/sessions/{session}/renew`. `fresh`: the vendor refused the credential, make another. */
export const renewRequest = v.strictObject({ credential: v.optional(v.picklist(['fresh'])) });
export type RenewRequest = v.InferOutput<typeof renewRequest>;

const secret = v.pipe(v.string(), v.minLength(1), v.maxLength(16_384));

/** No host can be hidden in it: a name or an address, and perhaps a port. */
const host = v.pipe(v.string(), v.regex(/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/u));

/** The argument of `setGenerateSessionToken`'s callback, but for its names. */
export const inworldCredential = v.object({
  kind: v.literal('inworld-token'),
  /** Goes as a WebSocket subprotocol, so it may hold only HTTP token characters. */
  value: v.pipe(secret, v.regex(/^[\w!#$%&'*+.^`|~-]+$/u)),
  type: v.literal('Bearer'),
  /** The vendor's session, not ours. */
  session_id: line(300),
  /** The vendor's SDK holds it for expired five minutes before. */
  expires_at: instant,
  single_use: v.literal(false),
});

/** A Perso session id: the only credential of every later call. */
export const persoCredential = v.object({
  kind: v.literal('perso-session'),
  value: v.pipe(secret, v.regex(/^[\w.~-]+$/u)),
  /** Connect before this. */
  expires_at: instant,
  single_use: v.literal(true),
});

export const soulMachinesCredential = v.variant('kind', [
  v.object({
    kind: v.literal('soul-machines-jwt'),
    value: v.pipe(secret, v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/u)),
    expires_at: instant,
    single_use: v.literal(false),
  }),
  /** Long-lived; handed out only where the operator said so. */
  v.object({
    kind: v.literal('soul-machines-api-key'),
    value: secret,
    expires_at: instant,
    single_use: v.literal(false),
  }),
]);

const iceServer = v.object({
  urls: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(500), v.regex(/^(?:stuns?|turns?):\S+$/u))),
    v.minLength(1),
  ),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

const limits = v.object({
  /** Over by then, renewed or not. */
  ends_at: instant,
  /** Over by then unless renewed. */
  renew_by: instant,
  idle_seconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const common = {
  session: sessionId,
  persona: personaId,
  ice_servers: v.pipe(v.array(iceServer), v.maxLength(20)),
  /** Media may only go through one of `ice_servers`. */
  force_relay: v.boolean(),
  limits,
  quota,
  trace: traceId,
};

/** The 201 of `POST /v1/sessions`. */
export const session = v.variant('provider', [
  v.object({
    ...common,
    provider: v.literal('inworld'),
    credential: inworldCredential,
    connect: v.object({
      gateway: v.object({ hostname: host, ssl: v.boolean() }),
      /** `workspaces/…/scenes/…` or `workspaces/…/characters/…` */
      scene: line(200),
    }),
  }),
  v.object({
    ...common,
    provider: v.literal('perso'),
    credential: persoCredential,
    connect: v.object({
      api_server: v.pipe(v.string(), v.url(), v.regex(/^https?:\/\/\S+[^/\s]$/u)),
      /** What the avatar says first. */
      intro_message: v.nullable(v.pipe(v.string(), v.maxLength(4000))),
    }),
  }),
  v.object({
    ...common,
    provider: v.literal('soul-machines'),
    credential: soulMachinesCredential,
    connect: v.object({
      /** The session server; null with an API key, which names its own. */
      url: v.nullable(v.pipe(v.string(), v.url(), v.regex(/^wss?:\/\/\S+$/u))),
      /** The avatar was made to answer `PAGE_METADATA`, so it may be told of a new page aloud. */
      page_metadata: v.optional(v.boolean(), false),
    }),
  }),
]);
export type BrokeredSession = v.InferOutput<typeof session>;

/** The 200 of `…/renew`. */
export const renewal = v.object({
  session: sessionId,
  /** Null: the one you have still holds, or the vendor has no other for a running session. */
  credential: v.nullable(v.union([inworldCredential, persoCredential, soulMachinesCredential])),
  limits,
  quota,
  trace: traceId,
});
export type Renewal = v.InferOutput<typeof renewal>;
export type Credential = BrokeredSession['credential'];
