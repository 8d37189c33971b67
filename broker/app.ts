import { Hono, type Context } from 'hono';
import {
  contractVersion,
  headers,
  idempotencyKey,
  paths,
  read,
  renewRequest,
  sessionRequest,
  type Health,
} from '@/lib/broker/contract';
import type { Auth } from './auth/auth';
import { hashOf } from './auth/keys';
import { bodyOf } from './body';
import type { Caller } from './callers';
import type { Config } from './config/schema';
import { allow, frame, traceOf, type Frame } from './frame';
import { addressOf } from './limits/address';
import type { Logger } from './log';
import { isLoopback } from './loopback';
import type { Metrics } from './metrics';
import { Problem, written } from './problem';
import type { Sessions } from './sessions/sessions';
import type { Stores } from './stores';

/** Everything a broker is made of; `assemble` puts it together. */
export interface Parts {
  readonly config: Config;
  readonly auth: Auth;
  readonly sessions: Sessions;
  readonly stores: Pick<Stores, 'kind' | 'perCaller' | 'perAddress' | 'reachable'>;
  /** The discovery document as JSON. */
  readonly discovery: string;
  readonly log: Logger;
  readonly metrics: Metrics | null;
  readonly draining: () => boolean;
}

export type App = Hono<Frame>;

export function createApp(parts: Parts): App {
  const { config, auth, sessions, stores, discovery, log, metrics, draining } = parts;
  const app: App = new Hono<Frame>();
  const origins = originTest(config.origins);
  const open = auth.methods.some(({ type }) => type === 'none');

  app.use(async (c, next) => {
    const started = performance.now();
    const origin = c.req.header('origin');
    const trusted = origin !== undefined && origins(origin) ? origin : undefined;
    frame(c, traceOf(c.req.header('traceparent')), trusted);
    await next();
    note(c, performance.now() - started);
  });

  app.use(async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && !origins(origin))
      throw strange('This broker answers extensions, not web pages.');
    // Without access control a page could reach us by a name of its own that leads here.
    if (open && !isLoopback(hostOf(c.req.header('host')))) {
      throw strange('This broker answers only to the name of this machine itself.');
    }
    return next();
  });

  app.onError((error, c) => {
    const problem = error instanceof Problem ? error : unforeseen(error);
    c.set('code', problem.code);
    metrics?.problem(problem.code);
    const level = problem.code === 'internal' ? 'error' : problem.cause ? 'warn' : null;
    const told = problem.cause ?? (problem === error ? null : error);
    if (level) log[level]({ trace: c.get('trace'), code: problem.code, err: told }, problem.detail);
    const { status, body, headers } = written(problem, c.get('trace'));
    return c.body(body, status, headers);
  });

  app.notFound((c) => {
    const version = /^\/v(\d+)\//u.exec(c.req.path)?.[1];
    if (version !== undefined && Number(version) !== contractVersion) {
      throw new Problem('version_unsupported', `This broker speaks version ${contractVersion}.`, {
        versions: [contractVersion],
      });
    }
    throw new Problem('not_found', `A broker has no answer to ${c.req.method} at this address.`);
  });

  app.options('*', (c) => allow(c, config.access.header));

  app.get(paths.health, async (c) => {
    const reachable = await stores.reachable();
    const status = draining() ? 'draining' : reachable ? 'ok' : 'degraded';
    const health: Health = {
      status,
      store: { kind: stores.kind, reachable },
      trace: c.get('trace'),
    };
    return c.json(health, status === 'ok' ? 200 : 503);
  });

  app.get(paths.metrics, async (c) => {
    if (!metrics) return c.notFound();
    const { hash } = config.metrics;
    const key = /^Bearer (.+)$/iu.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    // Two digests: how far they agree says nothing about the key.
    if (hash !== undefined && hashOf(key) !== hash) {
      throw new Problem('auth_required', 'Metrics are for those with their key.', {
        challenge: 'Bearer realm="metrics"',
      });
    }
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });

  app.get(paths.discovery, async (c) => {
    await stores.perAddress.count(addressFor(c));
    c.header('Cache-Control', 'public, max-age=300');
    return c.body(discovery, 200, json);
  });

  app.post(paths.sessions, async (c) => {
    const caller = await callerOf(c);
    const request = await bodyOf(c.req, sessionRequest);
    const key = read(idempotencyKey, c.req.header(headers.idempotencyKey));
    if (!key.ok) {
      throw new Problem(
        'invalid_request',
        `The header ${headers.idempotencyKey} is missing or odd.`,
      );
    }
    if (draining()) throw closing();
    const trace = c.get('trace');
    const answer = await sessions.open({ caller, request, idempotencyKey: key.value, trace });
    return c.body(answer, 201, json);
  });

  app.post(paths.renew.replace('{session}', ':session'), async (c) => {
    const caller = await callerOf(c);
    const request = await bodyOf(c.req, renewRequest);
    return c.json(await sessions.renew(caller, sessionOf(c), request, c.get('trace')));
  });

  // Whatever the body is, it is not read: a browser may be closing while it says goodbye.
  app.post(paths.end.replace('{session}', ':session'), async (c) => {
    await sessions.end(await callerOf(c), sessionOf(c));
    return c.body(null, 204);
  });

  app.get(paths.quota, async (c) =>
    c.json(await sessions.quota(await callerOf(c), c.get('trace'))),
  );

  return app;

  async function callerOf(c: Context<Frame>): Promise<Caller> {
    await stores.perAddress.count(addressFor(c));
    const caller = await auth.identify(c.req.raw.headers);
    c.set('caller', caller);
    await stores.perCaller.count(caller.id);
    return caller;
  }

  function addressFor(c: Context<Frame>): string {
    const peer = c.env?.incoming?.socket.remoteAddress;
    return addressOf(peer, c.req.header('x-forwarded-for'), config.trusted_proxies);
  }

  function note(c: Context<Frame>, milliseconds: number): void {
    const route = routeOf(c.req.path);
    const { status } = c.res;
    metrics?.answered(route, status, milliseconds / 1000);
    log.info({
      trace: c.get('trace'),
      method: c.req.method,
      route,
      status,
      ms: Math.round(milliseconds),
      caller: c.get('caller')?.id,
      code: c.get('code'),
    });
  }
}

const json = { 'Content-Type': 'application/json' };
const routes: readonly string[] = Object.values(paths);

/** Our name for where a request went, without anything of the caller's in it. */
function routeOf(path: string): string {
  const pattern = path.replace(/^(\/v1\/sessions\/)[^/]+(\/\w+)$/u, '$1{session}$2');
  return routes.includes(pattern) ? pattern : 'other';
}

function sessionOf(c: Context<Frame>): string {
  return c.req.param('session') ?? '';
}

/** Firefox gives each installation an origin of its own, so an origin is a hint and no proof. */
function originTest(allowed: readonly string[]): (origin: string) => boolean {
  const schemes = allowed
    .filter((origin) => origin.endsWith('*'))
    .map((origin) => origin.slice(0, -1));
  return (origin) =>
    allowed.includes(origin) || schemes.some((scheme) => origin.startsWith(scheme));
}

function hostOf(header: string | undefined): string {
  return (header ?? '').replace(/:\d+$/u, '');
}

function strange(detail: string): Problem {
  return new Problem('forbidden_origin', detail);
}

function closing(): Problem {
  return new Problem('unavailable', 'This broker is about to stop; another one will take over.', {
    retry_after: 1,
  });
}

/** Redis gone is foreseen: nothing can be counted, so nothing is given. Anything else is a bug. */
function unforeseen(error: unknown): Problem {
  if (error instanceof Error && isRedisTrouble(error)) {
    return new Problem('unavailable', 'The broker cannot reach its store, so it cannot count.', {
      retry_after: 5,
      cause: error,
    });
  }
  return new Problem('internal', 'Something went wrong in the broker. Its log says what.', {
    cause: error,
  });
}

function isRedisTrouble(error: Error): boolean {
  return (
    ['MaxRetriesPerRequestError', 'ReplyError', 'AbortError'].includes(error.name) ||
    /Stream isn't writeable|Connection is closed|Command timed out|ECONNREFUSED|ECONNRESET/u.test(
      error.message,
    )
  );
}
