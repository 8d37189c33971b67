import type { ActiveSession } from '@/lib/broker/contract';
import { AppError, type ErrorCode } from '@/lib/errors';

/** Where a connection can break, in the order in which one is made. */
export const steps = [
  'address',
  'permission',
  'network',
  'tls',
  'local_network',
  'cors',
  'http',
  'schema',
  'auth',
  'quota',
  'vendor',
] as const;
export type Step = (typeof steps)[number];

/** Everything that can go wrong between us and a broker, and the step at which it does. */
export const stepOf = {
  unset: 'address',
  address_invalid: 'address',
  address_http: 'address',
  address_credentials: 'address',
  address_locked: 'address',
  permission_missing: 'permission',
  offline: 'network',
  unreachable: 'network',
  timeout: 'network',
  tls_plain: 'tls',
  local_network_blocked: 'local_network',
  cors_blocked: 'cors',
  forbidden_origin: 'cors',
  redirected: 'http',
  not_found: 'http',
  invalid_request: 'http',
  in_progress: 'http',
  session_ended: 'http',
  server_error: 'http',
  unexpected_status: 'http',
  html: 'schema',
  not_json: 'schema',
  too_long: 'schema',
  off_contract: 'schema',
  version_unsupported: 'schema',
  auth_none: 'auth',
  auth_missing: 'auth',
  auth_required: 'auth',
  not_entitled: 'auth',
  sign_in_closed: 'auth',
  sign_in_denied: 'auth',
  sign_in_failed: 'auth',
  sign_in_expired: 'auth',
  clock_off: 'auth',
  quota_exceeded: 'quota',
  concurrency_limit: 'quota',
  rate_limited: 'quota',
  no_avatar: 'vendor',
  provider_forbidden: 'vendor',
  persona_not_found: 'vendor',
  provider_rejected: 'vendor',
  provider_busy: 'vendor',
  unavailable: 'vendor',
  credential_expired: 'vendor',
} as const satisfies Record<string, Step>;
export type TroubleCode = keyof typeof stepOf;

/** Asked again in a while, it may be otherwise. */
export const isPassing = (code: TroubleCode) => passing.has(code);
const passing: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  'unreachable',
  'timeout',
  'offline',
  'in_progress',
  'server_error',
  'rate_limited',
  'unavailable',
]);

/** What went wrong, as plain data that can cross a message. Holds nothing secret. */
export interface Trouble {
  readonly code: TroubleCode;
  /** What the sentence about it names: a host, a place in an answer, a redirect address. */
  readonly about?: string;
  readonly status?: number;
  /** Names the request in the broker's own log. */
  readonly trace?: string;
  /** When it is worth asking again, ms since 1970 by this computer's clock. */
  readonly again?: number;
  /** With `concurrency_limit`: any of these may be ended. */
  readonly sessions?: readonly ActiveSession[];
}

/** What comes back over a message: a thing, or why not. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble };

/** A trouble on its way up. */
export class Troubled extends AppError {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(errorOf(trouble.code), options);
    this.trouble = trouble;
  }
}

export function fail(code: TroubleCode, more: Omit<Trouble, 'code'> = {}, cause?: unknown): never {
  throw new Troubled({ code, ...more }, cause === undefined ? undefined : { cause });
}

/** Troubles become values; anything else is a bug and stays loud. */
export async function settle<T>(doing: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await doing };
  } catch (thrown) {
    if (thrown instanceof Troubled) return { ok: false, trouble: thrown.trouble };
    throw thrown;
  }
}

/** In the panel there is room for one sentence and one button; the doctor in the options has the rest. */
function errorOf(code: TroubleCode): ErrorCode {
  if (stepOf[code] === 'auth') return 'broker_sign_in';
  return stepOf[code] === 'quota' ? 'broker_quota' : 'broker_failed';
}
