import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { headers, type ProblemCode } from '@/lib/broker/contract';
import type { Caller } from './callers';

/** What Hono hands on from Node. */
export interface Frame {
  /** Absent where an app is asked without a port. */
  Bindings: { readonly incoming?: IncomingMessage };
}

/** One request on its way, and what became known of it. */
export interface Asked {
  readonly c: Context<Frame>;
  readonly trace: string;
  /** Where it comes from, if from somewhere that may ask. */
  origin: string | undefined;
  caller: Caller | undefined;
  /** Of the problem it was answered with. */
  code: ProblemCode | undefined;
}

export function askedBy(c: Context<Frame>): Asked {
  const trace = traceOf(headerOf(c, 'traceparent'));
  return { c, trace, origin: undefined, caller: undefined, code: undefined };
}

/** On every answer. None of them is HTML, so nothing in them may run, load or be framed. */
const always = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Content-Type': 'application/json',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  Vary: 'Origin',
  'X-Content-Type-Options': 'nosniff',
};
/** By `Date` a reader whose clock is wrong still knows how long what it was given lasts. */
const exposed = [headers.trace, 'Date', 'Retry-After', 'WWW-Authenticate'].join(', ');

/**
 * Every answer is made here, JSON unless `more` says otherwise. A string and a plain object of
 * headers go to Node as they are, in one write.
 */
export function reply(
  { trace, origin }: Asked,
  status: number,
  body: string | null,
  more?: Readonly<Record<string, string>>,
): Response {
  const all: Record<string, string> = { ...always, [headers.trace]: trace };
  if (origin !== undefined) Object.assign(all, sharedWith(origin));
  return new Response(body, { status, headers: more ? Object.assign(all, more) : all });
}

function sharedWith(origin: string): Record<string, string> {
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': exposed };
}

/** The answer to a preflight. @param own - a header of the operator's that may be sent as well. */
export function allow(asked: Asked, own: string | undefined): Response {
  const names = ['Authorization', 'Content-Type', headers.idempotencyKey, 'Traceparent'];
  return reply(asked, 204, null, {
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': [...names, ...(own === undefined ? [] : [own])].join(', '),
    'Access-Control-Max-Age': '7200',
  });
}

/** One header of the request, without making a `Headers` of them all. @param name - in small letters. */
export function headerOf(c: Context<Frame>, name: string): string | undefined {
  const incoming = c.env?.incoming;
  if (!incoming) return c.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The caller's own W3C Trace Context if it sends one, so that both logs can be laid side by side. */
function traceOf(traceparent = ''): string {
  const given = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/u.exec(traceparent)?.[1];
  return given !== undefined && !/^0+$/u.test(given) ? given : randomUUID().replaceAll('-', '');
}

/** Firefox gives each installation an origin of its own, so an origin is a hint and no proof. */
export function originTest(allowed: readonly string[]): (origin: string) => boolean {
  const schemes = allowed
    .filter((origin) => origin.endsWith('*'))
    .map((origin) => origin.slice(0, -1));
  return (origin) =>
    allowed.includes(origin) || schemes.some((scheme) => origin.startsWith(scheme));
}
