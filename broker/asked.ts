import { randomUUID } from 'node:crypto';
import type { ProblemCode } from '@/lib/broker/contract';
import type { Caller } from './callers';
import type { Received } from './exchange';

/** One request on its way, and what became known of it. */
export interface Asked {
  readonly request: Received;
  readonly trace: string;
  /** Where it comes from, if from somewhere that may ask. */
  origin: string | undefined;
  caller: Caller | undefined;
  /** Of the problem it was answered with. */
  code: ProblemCode | undefined;
}

export function askedBy(request: Received): Asked {
  const trace = traceOf(request.header('traceparent'));
  return { request, trace, origin: undefined, caller: undefined, code: undefined };
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
