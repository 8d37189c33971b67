import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { headers } from '@/lib/broker/contract';
import type { Caller } from './callers';

/** What Hono carries through one request. */
export interface Frame {
  Bindings: { readonly incoming?: Pick<IncomingMessage, 'socket'> };
  Variables: { trace: string; caller?: Caller; code?: string };
}

/** On every answer. None of them is HTML, so nothing in them may run, load or be framed. */
const always: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['Vary', 'Origin'],
  ['X-Content-Type-Options', 'nosniff'],
];
const exposed = [headers.trace, 'Retry-After', 'WWW-Authenticate'].join(', ');

/** Sets the headers of every answer, a failure's too. */
export function frame(c: Context<Frame>, trace: string, origin: string | undefined): void {
  c.set('trace', trace);
  c.header(headers.trace, trace);
  for (const [name, value] of always) c.header(name, value);
  if (origin === undefined) return;
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Access-Control-Expose-Headers', exposed);
}

/** The caller's own W3C Trace Context if it sends one, so that both logs can be laid side by side. */
export function traceOf(traceparent: string | undefined): string {
  const given = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/u.exec(traceparent ?? '')?.[1];
  return given !== undefined && !/^0+$/u.test(given) ? given : randomBytes(16).toString('hex');
}

/** The answer to a preflight. */
export function allow(c: Context<Frame>, header: string | undefined): Response {
  const names = ['Authorization', 'Content-Type', headers.idempotencyKey, 'Traceparent'];
  c.header('Access-Control-Allow-Methods', 'GET, POST');
  c.header('Access-Control-Allow-Headers', [...names, ...(header ? [header] : [])].join(', '));
  c.header('Access-Control-Max-Age', '7200');
  return c.body(null, 204);
}
