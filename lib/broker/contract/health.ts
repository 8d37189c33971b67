import * as v from 'valibot';
import { traceId } from './wire';

/** `GET /healthz`: 200 when `ok`, else 503. */
export const health = v.object({
  /** `degraded`: no session can be opened, since nobody could count it. `draining`: about to stop. */
  status: v.picklist(['ok', 'degraded', 'draining']),
  store: v.object({ kind: v.picklist(['memory', 'redis']), reachable: v.boolean() }),
  trace: traceId,
});
export type Health = v.InferOutput<typeof health>;
