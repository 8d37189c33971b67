/** The failures we foresee. Anything else is a bug and may be loud. */
export type ErrorCode =
  | 'aborted'
  | 'model_failed'
  | 'provider_timeout'
  | 'provider_failed'
  /** Of an avatar of another maker; `vendor_…` words say nothing of which. */
  | 'vendor_unreachable'
  | 'vendor_refused'
  | 'vendor_expired'
  | 'vendor_busy'
  | 'vendor_quota'
  | 'vendor_unknown'
  | 'vendor_lost'
  | 'vendor_media'
  | 'vendor_unplayed'
  | 'vendor_unsupported'
  | 'vendor_failed'
  | 'vendor_answer'
  | 'vendor_silent'
  | 'vendor_broken'
  | 'vendor_permission'
  /** The microphone. `ears_…`: turning what it hears into words. */
  | 'microphone_denied'
  | 'microphone_none'
  | 'microphone_busy'
  | 'microphone_gone'
  | 'microphone_revoked'
  | 'microphone_failed'
  | 'ears_unavailable'
  | 'ears_silent'
  | 'page_gone'
  | 'page_forbidden'
  | 'page_unreadable'
  | 'broker_failed'
  | 'broker_sign_in'
  | 'broker_quota'
  | 'storage_full'
  | 'storage_failed'
  | 'unexpected';

/** A foreseen failure. Each code has one sentence under `error_<code>` in `locales/en.yml`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** Whether trying again by itself is of no use: somebody has to do something first. */
export function isFinal(code: ErrorCode): boolean {
  return final.has(code);
}

const final: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'aborted',
  'vendor_refused',
  'vendor_quota',
  'vendor_unknown',
  'vendor_unsupported',
  'vendor_permission',
  'broker_sign_in',
  'broker_quota',
]);

/** By shape, since an error that crossed a message keeps its name and code but not its class. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}

/** Whatever was thrown, as an `AppError`: our own as it is, an abort as `aborted`, the rest as `code`. */
export function toAppError(thrown: unknown, code: ErrorCode = 'unexpected'): AppError {
  if (isAppError(thrown)) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new AppError('aborted', { cause: thrown });
  }
  return new AppError(code, { cause: thrown });
}
