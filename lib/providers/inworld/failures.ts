import { ErrorType, type InworldError } from '@inworld/web-core';
import { AppError, isAppError, type ErrorCode } from '@/lib/errors';

/**
 * What the vendor's words mean. Null: no reason to end anything, the next question opens the
 * line again.
 */
const meanings: Readonly<Record<ErrorType, ErrorCode | null>> = {
  // Only when a second token was no better than the first: the SDK asks for one by itself.
  SESSION_TOKEN_EXPIRED: 'vendor_expired',
  SESSION_TOKEN_INVALID: 'vendor_refused',
  SESSION_INVALID: 'vendor_expired',
  SESSION_EXPIRED: 'vendor_expired',
  SESSION_RESOURCES_EXHAUSTED: 'vendor_busy',
  SESSION_PAUSED: 'vendor_busy',
  BILLING_TOKENS_EXHAUSTED: 'vendor_quota',
  ACCOUNT_DISABLED: 'vendor_refused',
  RESOURCE_NOT_FOUND: 'vendor_unknown',
  SAFETY_VIOLATION: null,
  AUDIO_SESSION_EXPIRED: null,
};

/** By the codes of gRPC, for frames that say nothing closer. */
const codes: Readonly<Record<string, ErrorCode>> = {
  '5': 'vendor_unknown',
  '7': 'vendor_refused',
  '8': 'vendor_busy',
  '14': 'vendor_busy',
  '16': 'vendor_refused',
};

/** What the SDK reported, as one of ours; null: nothing has to end for it. */
export function failureOf(reported: unknown): AppError | null {
  if (isAppError(reported)) return reported;
  const { message, code, details } = (reported ?? {}) as Partial<InworldError>;
  const cause = { cause: reported };
  // The upgrade was refused or never reached anybody: browsers do not tell pages which.
  if (message === '[object Event]') return new AppError('vendor_unreachable', cause);
  const type = details?.[0]?.errorType;
  if (type !== undefined) {
    const meaning = meanings[type];
    return meaning === null ? null : new AppError(meaning, cause);
  }
  return new AppError(codes[String(code)] ?? 'vendor_failed', cause);
}

/** An error frame after which the SDK may open a socket of its own accord. */
export function mayRecover(error: unknown): boolean {
  const { errorType, reconnectType } = reasonOf(error);
  return (
    errorType === ErrorType.SESSION_TOKEN_EXPIRED ||
    errorType === ErrorType.SESSION_TOKEN_INVALID ||
    errorType === ErrorType.SESSION_INVALID ||
    reconnectType === 'IMMEDIATE' ||
    reconnectType === 'TIMEOUT'
  );
}

/** The service knows the session no more, and nothing of what was said in it. */
export function hasForgotten(error: unknown): boolean {
  return reasonOf(error).errorType === ErrorType.SESSION_INVALID;
}

/** Of an error frame; only the first of its reasons counts. */
function reasonOf(error: unknown): { errorType?: unknown; reconnectType?: unknown } {
  const { details } = (error ?? {}) as { details?: unknown };
  return ((Array.isArray(details) ? details[0] : null) ?? {}) as object;
}
