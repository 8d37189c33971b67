/** The service answered, and it was no. */
export class ApiError extends Error {
  /** The HTTP status. */
  readonly errorCode: number;
  readonly code: string;
  readonly detail: string;
  /** The field it is about. */
  readonly attr: string | null;

  constructor(errorCode: number, code: string, detail: string, attr: string | null = null) {
    super(attr === null ? `${errorCode}:${detail}` : `${errorCode}:${attr}_${detail}`);
    this.errorCode = errorCode;
    this.code = code;
    this.detail = detail;
    this.attr = attr;
  }
}

export class LLMStreamingResponseError extends Error {
  override readonly name = 'LLMStreamingResponseError';
  readonly description: string;

  constructor(description: string) {
    super();
    this.description = description;
  }
}

export class LLMError extends Error {
  override readonly name = 'LLMError';
  readonly underlyingError: ApiError | LLMStreamingResponseError;

  constructor(underlyingError: ApiError | LLMStreamingResponseError) {
    super();
    this.underlyingError = underlyingError;
  }
}

export class STTError extends Error {
  override readonly name = 'STTError';
  readonly underlyingError: ApiError;

  constructor(underlyingError: ApiError) {
    super(`STT Error: ${underlyingError.detail}`);
    this.underlyingError = underlyingError;
  }
}

export class TTSDecodeError extends Error {
  override readonly name = 'TTSDecodeError';
  readonly description: string;

  constructor(description: string) {
    super(`TTS decode error: ${description}`);
    this.description = description;
  }
}

export class TTSError extends Error {
  override readonly name = 'TTSError';
  readonly underlyingError: ApiError | TTSDecodeError;

  constructor(underlyingError: ApiError | TTSDecodeError) {
    super(underlyingError.message);
    this.underlyingError = underlyingError;
  }
}
