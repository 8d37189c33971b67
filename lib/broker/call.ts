import { headers as contractHeaders, longestAnswer } from '@/lib/broker/contract';
import { fail, Troubled } from '@/lib/broker/trouble';

/** One request of the broker's wire. */
export interface Call {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  /** What proves who we are. */
  readonly proof?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** For what must still go out while the page that asked is closing. */
  readonly keepalive?: boolean;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** What the JSON said; undefined for an answer without a body. */
  readonly body: unknown;
  readonly trace: string | null;
  /** How far the broker's clock is ahead of ours, ms; 0 where it does not tell. */
  readonly ahead: number;
}

/** What a call needs of the world; a test hands over its own patience. */
export interface Wire {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** For the whole of an answer, its last byte included, ms. */
  readonly patience: number;
  readonly now: () => number;
}

/** Fifteen seconds: what a person waits for a line to be picked up. */
export const defaultWire: Wire = {
  fetch: (url, init) => fetch(url, init),
  patience: 15_000,
  now: () => Date.now(),
};

/**
 * Asks once and reads all of a JSON answer, whatever its status.
 *
 * @throws Troubled `unreachable`, `offline`, `timeout`, `redirected`, `html`, `not_json`, `too_long`
 */
export async function call(asked: Call, wire: Wire = defaultWire): Promise<Answer> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(late), wire.patience);
  const signal = asked.signal ? AbortSignal.any([asked.signal, deadline.signal]) : deadline.signal;
  try {
    const response = await wire.fetch(asked.url, request(asked, signal));
    staysPut(response, asked);
    const text = await read(response);
    const trace = response.headers.get(contractHeaders.trace);
    const body = parse(response, text, trace);
    return {
      status: response.status,
      headers: response.headers,
      body,
      trace,
      ahead: aheadOf(response.headers.get('Date'), wire.now()),
    };
  } catch (thrown) {
    if (thrown instanceof Troubled) throw thrown;
    if (deadline.signal.aborted) return fail('timeout', { about: hostOf(asked.url) }, thrown);
    if (asked.signal?.aborted) throw thrown;
    return fail(isOffline() ? 'offline' : 'unreachable', { about: hostOf(asked.url) }, thrown);
  } finally {
    clearTimeout(timer);
  }
}

const late = 'The answer took too long.';

/** Only a browser knows: Node before 21 has no navigator, and later ones no word on this. */
function isOffline(): boolean {
  const world: { readonly navigator?: { readonly onLine?: boolean } } = globalThis;
  return world.navigator?.onLine === false;
}

function request({ method = 'GET', headers, proof, body, keepalive }: Call, signal: AbortSignal) {
  return {
    method,
    headers: {
      Accept: 'application/json, application/problem+json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
      ...proof,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(keepalive && { keepalive }),
    // Wherever it leads, a proof must not go there; and browsers show nothing of a redirect that
    // is not followed, not even whether it stays on the same origin. So none is.
    redirect: 'manual' as const,
    credentials: 'omit' as const,
    cache: 'no-store' as const,
    referrerPolicy: 'no-referrer' as const,
    signal,
  };
}

/** Node shows a redirect as it is, browsers as an answer of type `opaqueredirect`. */
function staysPut({ type, status }: Response, { url }: Call): void {
  if (type === 'opaqueredirect' || isMoved(status)) fail('redirected', { about: hostOf(url) });
}

const isMoved = (status: number) => status >= 300 && status < 400 && status !== 304;

async function read(response: Response): Promise<string> {
  if (Number(response.headers.get('Content-Length')) > longestAnswer) {
    await response.body?.cancel();
    return fail('too_long', { status: response.status });
  }
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > longestAnswer) {
      await reader.cancel();
      return fail('too_long', { status: response.status });
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parse({ status, headers }: Response, text: string, trace: string | null): unknown {
  if (text.trim() === '') return undefined;
  const more = { status, ...(trace !== null && { trace }) };
  const type = headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html' || /^\s*<(?:!doctype|html)/iu.test(text)) {
    // A proxy's page about a failure says less than its status does.
    return status >= 400 ? undefined : fail('html', more);
  }
  if (type !== 'application/json' && !type.endsWith('+json')) {
    return status >= 400 ? undefined : fail('not_json', { about: type, ...more });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    return status >= 400 ? undefined : fail('not_json', { about: type, ...more }, error);
  }
}

function aheadOf(date: string | null, now: number): number {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(theirs) ? 0 : theirs - now;
}

function hostOf(url: string): string {
  return new URL(url).host;
}
