import type * as v from 'valibot';
import { read } from '@/lib/broker/contract';
import { Problem } from '../problem';

/** One request to a vendor. */
export interface Call<S extends v.GenericSchema> {
  /** How the vendor is called in sentences. */
  readonly vendor: string;
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  /** Made anew for each attempt, since a signature holds once. */
  readonly headers: () => Record<string, string>;
  readonly body?: unknown;
  readonly answer: S;
  /** Asking twice does no harm. Otherwise it is only repeated if it never got there. */
  readonly safe: boolean;
  /** Reads why the vendor refused. */
  readonly reason?: (body: unknown) => Reason | null;
}

interface Reason {
  /** The vendor's own, for the operator's log. */
  readonly words: string;
  /** Ours; absent, the HTTP status decides. */
  readonly problem?: (cause: Error) => Problem;
}

/** Two of these and the pause between fit into the 15 s a browser waits for us. Milliseconds. */
export const patience = 6000;
export const pause = 200;
const longestAnswer = 1_048_576;
/** Seconds, when the vendor does not say. */
const usualWait = 5;

/**
 * Asks a vendor, once more where that is safe.
 *
 * @throws Problem `provider_busy` where waiting helps, else `provider_rejected`.
 */
export async function call<S extends v.GenericSchema>(
  asked: Call<S>,
  wait = patience,
): Promise<v.InferOutput<S>> {
  const first = await attempt(asked, wait);
  if (first.ok) return first.value;
  if (!(first.unreached || (asked.safe && first.passing))) throw first.problem;
  await new Promise((resolve) => {
    setTimeout(resolve, pause);
  });
  const second = await attempt(asked, wait);
  if (second.ok) return second.value;
  throw second.problem;
}

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly problem: Problem;
      /** It may work the next time. */
      readonly passing: boolean;
      /** The vendor cannot have seen it. */
      readonly unreached: boolean;
    };

async function attempt<S extends v.GenericSchema>(
  asked: Call<S>,
  wait: number,
): Promise<Outcome<v.InferOutput<S>>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(asked.url, {
      method: asked.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...asked.headers(),
      },
      ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      // A redirect would carry the key somewhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(wait),
    });
    text = await limited(response);
  } catch (cause) {
    return {
      ok: false,
      problem: busy(`${asked.vendor} cannot be reached from the broker.`, usualWait, cause),
      passing: true,
      unreached: neverSent(cause),
    };
  }
  const body = parsed(text);
  return response.ok ? answered(asked, body) : refused(asked, response, body);
}

function answered<S extends v.GenericSchema>(
  asked: Call<S>,
  body: unknown,
): Outcome<v.InferOutput<S>> {
  const reading = read(asked.answer, body);
  if (reading.ok) return reading;
  const cause = new Error(`unexpected answer at "${reading.at}": ${reading.problem}`);
  const problem = rejected(`${asked.vendor} gave an answer the broker does not understand.`, cause);
  return { ok: false, problem, passing: false, unreached: false };
}

function refused(
  asked: Call<v.GenericSchema>,
  response: Response,
  body: unknown,
): Extract<Outcome<never>, { ok: false }> {
  const { status } = response;
  const reason = asked.reason?.(body) ?? null;
  const cause = new Error(
    reason ? `HTTP ${status}, ${reason.words.slice(0, 500)}` : `HTTP ${status}`,
  );
  const problem = reason?.problem?.(cause) ?? translated(asked.vendor, response, cause);
  return { ok: false, problem, passing: [502, 503, 504].includes(status), unreached: false };
}

function translated(vendor: string, response: Response, cause: Error): Problem {
  const { status } = response;
  if (status === 429) {
    return busy(`${vendor} has too much to do for this account.`, waitOf(response), cause);
  }
  if (status >= 500) return busy(`${vendor} is out of order.`, waitOf(response), cause);
  if (status === 401 || status === 403) {
    return rejected(`${vendor} does not accept the broker’s key.`, cause);
  }
  return rejected(`${vendor} refused the request.`, cause);
}

export function busy(detail: string, seconds: number, cause: unknown): Problem {
  return new Problem('provider_busy', detail, { retry_after: seconds, cause });
}

export function rejected(detail: string, cause: unknown): Problem {
  return new Problem('provider_rejected', detail, { cause });
}

function waitOf(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), 3600) : usualWait;
}

async function limited(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > longestAnswer) throw new Error(`answer longer than ${longestAnswer} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An HTML page of some proxy in between: undefined keeps to no schema.
    return undefined;
  }
}

/** No connection came about, so a second request cannot be the second one to arrive. */
function neverSent(thrown: unknown): boolean {
  const cause = thrown instanceof Error ? thrown.cause : null;
  return (
    cause instanceof Error &&
    'code' in cause &&
    ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(
      String(cause.code),
    )
  );
}
