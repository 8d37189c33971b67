import { headers } from '@/lib/broker/contract';
import type { Asked } from './asked';
import type { Answer } from './exchange';

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

/** Every answer is made here, JSON unless `more` says otherwise. */
export function reply(
  { trace, origin }: Asked,
  status: number,
  body: string | null,
  more?: Readonly<Record<string, string>>,
): Answer {
  return {
    status,
    // What begins with a copy of another gets a shape of its own each time, which is slow in V8.
    headers: { [headers.trace]: trace, ...always, ...(origin && sharedWith(origin)), ...more },
    body,
  };
}

function sharedWith(origin: string): Record<string, string> {
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': exposed };
}

/** The answer to a preflight. @param own - a header of the operator's that may be sent as well. */
export function allow(asked: Asked, own: string | undefined): Answer {
  const names = ['Authorization', 'Content-Type', headers.idempotencyKey, 'Traceparent'];
  return reply(asked, 204, null, {
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': [...names, ...(own === undefined ? [] : [own])].join(', '),
    'Access-Control-Max-Age': '7200',
  });
}
