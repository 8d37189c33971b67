import {
  ApiError,
  LLMError,
  LLMStreamingResponseError,
  STTError,
  getSessionInfo,
} from 'perso-interactive-sdk-web/client';
import { AppError, isAppError, toAppError, type ErrorCode } from '@/lib/errors';
import type { Ending } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';

/** Why a session could not be had. Asks the service where only it knows. */
export async function openingFailure(
  thrown: unknown,
  session: { sessionId: string; apiServer: string },
  reasonWithin: number,
): Promise<AppError> {
  if (thrown instanceof ApiError && thrown.errorCode < 500 && !isAboutAccess(thrown)) {
    const ending = endings.get((await reasonFor(session, reasonWithin)) ?? '');
    if (ending?.by === 'error') return new AppError(ending.error, { cause: thrown });
    if (ending) return new AppError('vendor_expired', { cause: thrown });
  }
  return new AppError(codeFor(thrown), { cause: thrown });
}

/**
 * How a session ended that we did not close: the service says it if it can be asked. Of a line
 * that we gave up while it was open it may say that all went well, since it saw us close it.
 */
export async function endingOf(
  session: { sessionId: string; apiServer: string },
  isOpen: boolean,
  reasonWithin: number,
): Promise<Ending> {
  const reason = await reasonFor(session, reasonWithin);
  const ending = endings.get(reason ?? '') ?? lost;
  if (ending.by === 'error') return { by: 'error', error: new AppError(ending.error) };
  return ending.by === 'avatar' && isOpen
    ? { by: 'error', error: new AppError('vendor_lost') }
    : ending;
}

/** Why a question could not be answered. */
export function answerFailure(thrown: unknown): AppError {
  if (isAppError(thrown)) {
    return thrown.code === 'provider_timeout'
      ? new AppError('vendor_silent', { cause: thrown })
      : thrown;
  }
  const cause = causeOf(thrown);
  const code = cause instanceof ApiError ? codeFor(cause) : 'vendor_answer';
  return toAppError(thrown, worthSaying.has(code) ? code : 'vendor_answer');
}

/** Why what the reader said could not be understood. */
export function hearingFailure(thrown: unknown): AppError {
  const error = answerFailure(thrown);
  return worthSaying.has(error.code) ? error : new AppError('ears_silent', { cause: thrown });
}

/** What is wrong with the session, not with the question. */
const worthSaying: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'vendor_quota',
  'vendor_busy',
  'vendor_refused',
  'vendor_expired',
]);

type Known =
  | { readonly by: 'avatar' | 'limit' }
  | { readonly by: 'error'; readonly error: ErrorCode };
const lost: Known = { by: 'error', error: 'vendor_lost' };

/** By `termination_reason`. */
const endings: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['GRACEFUL_TERMINATION', { by: 'avatar' }],
  ['SESSION_EXPIRED_BEFORE_CONNECTION', { by: 'error', error: 'vendor_expired' }],
  ['SESSION_LOST_AFTER_CONNECTION', lost],
  ['SESSION_MISC_ERROR', { by: 'error', error: 'vendor_failed' }],
  ['MAX_ACTIVE_SESSION_QUOTA_EXCEEDED', { by: 'error', error: 'vendor_busy' }],
  ['MAX_MIN_PER_SESSION_QUOTA_EXCEEDED', { by: 'limit' }],
  ['TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED', { by: 'error', error: 'vendor_quota' }],
]);

async function reasonFor(
  session: { sessionId: string; apiServer: string },
  ms: number,
): Promise<string | null> {
  const never = new AbortController().signal;
  try {
    const info = await within(realTiming, ms, never, getSessionInfo(session));
    return info.termination_reason;
  } catch {
    // Then nobody knows better than what was seen here.
    return null;
  }
}

function causeOf(thrown: unknown): unknown {
  const wraps = thrown instanceof LLMError || thrown instanceof STTError;
  return wraps ? thrown.underlyingError : thrown;
}

function isAboutAccess({ errorCode, code }: ApiError): boolean {
  return errorCode === 401 || code === 'does_not_exist';
}

function codeFor(thrown: unknown): ErrorCode {
  if (isAppError(thrown)) {
    return thrown.code === 'provider_timeout' ? 'vendor_unreachable' : thrown.code;
  }
  if (thrown instanceof ApiError) return codeForStatus(thrown);
  if (thrown instanceof LLMStreamingResponseError) return 'vendor_answer';
  if (!(thrown instanceof Error)) return 'vendor_failed';
  if (thrown.name === 'AbortError') return 'aborted';
  // `fetch` throws one when nothing answered.
  if (thrown instanceof TypeError) return 'vendor_unreachable';
  // The class is not exported. In Firefox the client may close itself first.
  if (/WebRTC connection timeout|connection is closed/iu.test(thrown.message))
    return 'vendor_media';
  return 'vendor_failed';
}

function codeForStatus({ errorCode, code }: ApiError): ErrorCode {
  const ending = endings.get(code.toUpperCase());
  if (ending?.by === 'error') return ending.error;
  if (ending?.by === 'limit') return 'vendor_quota';
  // The session is all there is to be known by: one that nobody knows any more is over.
  if (errorCode === 404 || code === 'does_not_exist') return 'vendor_expired';
  if (errorCode === 401 || errorCode === 403) return 'vendor_refused';
  if (errorCode === 402) return 'vendor_quota';
  return errorCode === 429 || errorCode === 503 ? 'vendor_busy' : 'vendor_failed';
}
