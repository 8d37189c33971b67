import { ApiError } from './errors';

const DEFAULT_API_SERVER = 'https://platform.perso.ai';

/** One session at the service. Its id is the only credential. */
export interface Api {
  readonly server: string;
  readonly sessionId: string;
  /** Ends every call under way. */
  readonly signal: AbortSignal;
}

export function serverFrom(given: string | undefined): string {
  const server = (given ?? '').trim().replace(/\/+$/u, '');
  return server === '' ? DEFAULT_API_SERVER : server;
}

/**
 * The answer to one call under the session; rejects with an `ApiError` when it is not 2xx. Every
 * path ends in a slash: a redirect would lose the body.
 */
export async function request(
  { server, sessionId, signal }: Api,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const url = `${server}/api/v1/session/${encodeURIComponent(sessionId)}/${path}`;
  const response = await fetch(url, {
    ...init,
    credentials: 'omit',
    signal: init.signal ? AbortSignal.any([signal, init.signal]) : signal,
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}

export async function ask(api: Api, path: string, init?: RequestInit): Promise<unknown> {
  return (await request(api, path, init)).json();
}

export function json(body: object): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** A field of something whose shape nobody vouches for. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

export function textField(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

async function errorOf(response: Response): Promise<ApiError> {
  const { status } = response;
  const errors = field(await response.json(), 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  if (first === undefined) {
    const detail = `Server returned status ${status} with no error details`;
    return new ApiError(status, 'UNKNOWN_ERROR', detail);
  }
  const attr = field(first, 'attr');
  return new ApiError(
    status,
    textField(first, 'code'),
    textField(first, 'detail'),
    typeof attr === 'string' ? attr : null,
  );
}

export interface SessionInfo {
  readonly session_id: string;
  readonly status: string;
  readonly termination_reason: string | null;
  readonly capability: readonly { readonly name: string }[];
}

export async function getSessionInfo({
  sessionId,
  apiServer,
}: {
  sessionId: string;
  apiServer?: string;
}): Promise<SessionInfo> {
  const { signal } = new AbortController();
  return infoOf(await ask({ server: serverFrom(apiServer), sessionId, signal }, ''));
}

export function infoOf(answer: unknown): SessionInfo {
  const capability = field(answer, 'capability');
  return {
    ...(typeof answer === 'object' ? answer : {}),
    session_id: textField(answer, 'session_id'),
    status: textField(answer, 'status'),
    termination_reason: textField(answer, 'termination_reason') || null,
    capability: Array.isArray(capability)
      ? capability.map((one: unknown) => ({ name: textField(one, 'name') }))
      : [],
  };
}
