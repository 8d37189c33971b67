import * as v from 'valibot';

/** The contract's version; the first part of every path but two. */
export const contractVersion = 1;

/** Where things are, below the broker's address. `{session}` is filled in by `sessionPath`. */
export const paths = {
  discovery: '/.well-known/avatar-broker',
  sessions: '/v1/sessions',
  renew: '/v1/sessions/{session}/renew',
  end: '/v1/sessions/{session}/end',
  quota: '/v1/quota',
  health: '/healthz',
  metrics: '/metrics',
} as const;

export function sessionPath(verb: 'renew' | 'end', session: string): string {
  return paths[verb].replace('{session}', encodeURIComponent(session));
}

/** Header names as the contract spells them. */
export const headers = {
  /** On `POST /v1/sessions`: the same key again gives the same session, never a second one. */
  idempotencyKey: 'Idempotency-Key',
  /** On every answer; the same value stands in JSON bodies as `trace`. */
  trace: 'Trace-Id',
} as const;

/** A UUID does; anything of 16 to 128 such characters will. It must not be guessable. */
export const idempotencyKey = v.pipe(v.string(), v.regex(/^[\w.~-]{16,128}$/u));

/** No answer of a broker is longer than this. Bytes. */
export const longestAnswer = 262_144;

/** No request is longer than this. Bytes. */
export const longestRequest = 4096;

export const providerIds = ['inworld', 'perso', 'soul-machines'] as const;
/** The vendors this version knows. A broker may offer others; see `readDiscovery`. */
export const brokeredProvider = v.picklist(providerIds);
export type BrokeredProvider = v.InferOutput<typeof brokeredProvider>;

/** A line for people: never empty, never longer than a card can show. */
export const line = (longest: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(longest), v.regex(/^[^\p{Cc}]*$/u));

/** RFC 3339, as `2026-11-21T10:00:00Z`. */
export const instant = v.pipe(v.string(), v.isoTimestamp());

/** A persona's name within one provider of one broker. */
export const personaId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/u));

export const sessionId = v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/u));

/** 32 hexadecimal digits, as in W3C Trace Context: names one request in the broker's log. */
export const traceId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/u));

/** An address a reader may be sent to. */
export const webAddress = v.pipe(
  v.string(),
  v.url(),
  v.maxLength(2048),
  v.regex(/^https?:\/\/[^\s]+$/u),
);

/**
 * Scheme, host and perhaps a port, of one origin and no more: it becomes a host permission, so it
 * holds no pattern, no path and no name and password. `http:` is for this very machine.
 */
export const webOrigin = v.pipe(
  v.string(),
  v.url(),
  v.maxLength(300),
  v.regex(
    /^(?:https:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])|http:\/\/(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]))(?::\d{1,5})?$/u,
  ),
);

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
