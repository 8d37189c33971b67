import * as v from 'valibot';
import { brokeredProvider, count, instant, personaId, sessionId, traceId } from './wire';

/**
 * What the caller has left. Seconds are set aside when a session is opened or renewed and what
 * was not used comes back when it is ended.
 */
export const quota = v.object({
  /** Null is without limit. */
  seconds_limit: v.nullable(count),
  seconds_used: count,
  /** When `seconds_used` is 0 again: the next midnight, UTC. */
  resets_at: instant,
  live_limit: v.pipe(count, v.minValue(1)),
  live: count,
});
export type Quota = v.InferOutput<typeof quota>;

/** One of the caller's own sessions, as much as is needed to recognise and end it. */
export const activeSession = v.object({
  session: sessionId,
  provider: brokeredProvider,
  persona: personaId,
  started_at: instant,
  ends_at: instant,
});
export type ActiveSession = v.InferOutput<typeof activeSession>;

/** `GET /v1/quota` */
export const quotaAnswer = v.object({
  quota,
  sessions: v.array(activeSession),
  trace: traceId,
});
export type QuotaAnswer = v.InferOutput<typeof quotaAnswer>;
