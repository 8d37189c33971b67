import { problem, read, type Problem, type ProblemCode } from '@/lib/broker/contract';
import type { Answer } from '@/lib/broker/call';
import { fail, type TroubleCode } from '@/lib/broker/trouble';

/** What an answer that is no success means, with problem+json and without. @throws Troubled */
export function refuse(answer: Answer, now: number): never {
  const told = read(problem, answer.body);
  const known = told.ok ? told.value : null;
  const again = againAt(answer.headers.get('Retry-After'), known, now);
  const trace = known?.trace ?? answer.trace;
  fail(known ? byCode[known.code] : byStatus(answer.status), {
    status: answer.status,
    ...(trace !== null && { trace }),
    ...(again !== null && { again }),
    ...(known?.active_sessions && { sessions: known.active_sessions }),
    ...(known?.versions && { about: known.versions.join(', ') }),
  });
}

/** Longer waits than a day are somebody's mistake. */
const longestWait = 86_400_000;

/** `Retry-After` is in seconds or a date; ms since 1970, or null where nobody says. */
function againAt(header: string | null, known: Problem | null, now: number): number | null {
  const seconds = known?.retry_after ?? (header === null ? Number.NaN : Number(header));
  const wait = Number.isNaN(seconds) ? Date.parse(header ?? '') - now : seconds * 1000;
  return Number.isNaN(wait) || wait < 0 ? null : now + Math.min(wait, longestWait);
}

const byCode: Readonly<Record<ProblemCode, TroubleCode>> = {
  invalid_request: 'invalid_request',
  auth_required: 'auth_required',
  quota_exceeded: 'quota_exceeded',
  forbidden_origin: 'forbidden_origin',
  not_entitled: 'not_entitled',
  not_found: 'not_found',
  persona_not_found: 'persona_not_found',
  in_progress: 'in_progress',
  session_ended: 'session_ended',
  too_large: 'invalid_request',
  key_reused: 'invalid_request',
  version_unsupported: 'version_unsupported',
  concurrency_limit: 'concurrency_limit',
  rate_limited: 'rate_limited',
  internal: 'server_error',
  provider_rejected: 'provider_rejected',
  provider_busy: 'provider_busy',
  unavailable: 'unavailable',
};

/** Without a word from the broker, or with words of a proxy before it. */
function byStatus(status: number): TroubleCode {
  const known: Readonly<Record<number, TroubleCode>> = {
    400: 'invalid_request',
    401: 'auth_required',
    402: 'quota_exceeded',
    403: 'not_entitled',
    404: 'not_found',
    407: 'auth_required',
    409: 'in_progress',
    410: 'session_ended',
    426: 'version_unsupported',
    429: 'rate_limited',
    503: 'unavailable',
  };
  return known[status] ?? (status >= 500 ? 'server_error' : 'unexpected_status');
}
