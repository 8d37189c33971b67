import * as v from 'valibot';
import { activeSession } from './quota';
import { line, traceId } from './wire';

/** The one thing a reader, or the program on its behalf, can do about a problem. */
const actions = [
  'sign_in',
  'ask_operator',
  'choose_persona',
  'end_other_session',
  'wait',
  'try_again',
  'start_again',
  'update',
] as const;
type ProblemAction = (typeof actions)[number];

interface Kind {
  readonly status: number;
  readonly action: ProblemAction;
  readonly title: string;
}

/** Every failure a broker may answer with. Closed: a new row is a new version of the contract. */
export const problems = {
  invalid_request: {
    status: 400,
    action: 'update',
    title: 'The request does not keep to the contract',
  },
  auth_required: { status: 401, action: 'sign_in', title: 'Sign in first' },
  quota_exceeded: { status: 402, action: 'wait', title: 'Today’s time is used up' },
  forbidden_origin: {
    status: 403,
    action: 'ask_operator',
    title: 'This broker does not answer callers from there',
  },
  not_entitled: {
    status: 403,
    action: 'ask_operator',
    title: 'You may not use this avatar',
  },
  not_found: { status: 404, action: 'ask_operator', title: 'There is nothing at this address' },
  persona_not_found: {
    status: 404,
    action: 'choose_persona',
    title: 'This broker has no such avatar',
  },
  in_progress: {
    status: 409,
    action: 'try_again',
    title: 'The same request is still being answered',
  },
  session_ended: { status: 410, action: 'start_again', title: 'That session has ended' },
  too_large: { status: 413, action: 'update', title: 'The request is too large' },
  key_reused: {
    status: 422,
    action: 'start_again',
    title: 'This Idempotency-Key was used for another request',
  },
  version_unsupported: {
    status: 426,
    action: 'update',
    title: 'This broker speaks another version of the contract',
  },
  concurrency_limit: {
    status: 429,
    action: 'end_other_session',
    title: 'You have as many live sessions as you may',
  },
  rate_limited: { status: 429, action: 'wait', title: 'Too many requests' },
  internal: { status: 500, action: 'try_again', title: 'The broker failed' },
  provider_rejected: {
    status: 502,
    action: 'ask_operator',
    title: 'The avatar’s vendor refused the request',
  },
  provider_busy: { status: 503, action: 'wait', title: 'The avatar’s vendor is busy' },
  unavailable: { status: 503, action: 'wait', title: 'The broker cannot do this now' },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof problems;

const codes: readonly ProblemCode[] = Object.keys(problems).filter(isCode);

function isCode(name: string): name is ProblemCode {
  return name in problems;
}

export const problemMediaType = 'application/problem+json';

/** RFC 9457. `type` is `urn:avatar-broker:problem:<code>`. */
export const problem = v.object({
  type: v.pipe(v.string(), v.regex(/^urn:avatar-broker:problem:[a-z_]+$/u)),
  title: line(200),
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  detail: line(1000),
  code: v.picklist(codes),
  action: v.picklist(actions),
  trace: traceId,
  /** With `rate_limited`, `provider_busy` and whatever else passes by itself; also as `Retry-After`. */
  retry_after: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** With `concurrency_limit`: the caller's own, any of which it may end. */
  active_sessions: v.optional(v.array(activeSession)),
  /** With `version_unsupported`. */
  versions: v.optional(v.array(v.pipe(v.number(), v.integer()))),
});
export type Problem = v.InferOutput<typeof problem>;

export const problemType = (code: ProblemCode): string => `urn:avatar-broker:problem:${code}`;
