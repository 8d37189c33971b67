import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
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
import { foreseen } from './foreseen';
import { allow, headerOf, originTest, reply, traceOf, type Asked, type Frame } from './frame';
import { addressOf } from './limits/address';
import type { Logger } from './log';
import { isLoopback } from './loopback';
import type { Metrics } from './metrics';
import { Problem, written } from './problem';
import type { Sessions } from './sessions/sessions';
import type { Stores } from './stores';

/** Everything the routes lead to. */
interface Parts {
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
  const mayAsk = originTest(config.origins);
  /** A line for each request. It carries nothing but what stands here, so nothing is redacted. */
  const requests = log.child({}, { redact: [] });
  const open = auth.methods.some(({ type }) => type === 'none');

  app.use(async (c, next) => {
    const started = performance.now();
    c.set('trace', traceOf(headerOf(c, 'traceparent')));
    const stranger = strangerIn(c);
    if (stranger) c.res = failed(stranger, c);
    else await next();
    note(c, performance.now() - started);
  });

  app.onError(failed);

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
    const store = { kind: stores.kind, reachable };
    const health: Health = { status, store, trace: c.get('trace') };
    return reply(c, status === 'ok' ? 200 : 503, JSON.stringify(health));
  });

  app.get(paths.metrics, async (c) => {
    if (!metrics) return c.notFound();
    const { hash } = config.metrics;
    const key = /^Bearer (.+)$/iu.exec(headerOf(c, 'authorization') ?? '')?.[1] ?? '';
    if (hash !== undefined && !timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(hash))) {
      throw new Problem('auth_required', 'Metrics are for those with their key.', {
        challenge: 'Bearer realm="metrics"',
      });
    }
    return reply(c, 200, await metrics.text(), { 'Content-Type': metrics.contentType });
  });

  app.get(paths.discovery, async (c) => {
    await stores.perAddress.count(addressFor(c));
    return reply(c, 200, discovery, { 'Cache-Control': 'public, max-age=300' });
  });

  app.post(paths.sessions, async (c) => {
    const caller = await callerOf(c);
    const request = await bodyOf(c, sessionRequest);
    const name = headers.idempotencyKey;
    const key = read(idempotencyKey, headerOf(c, name.toLowerCase()));
    if (!key.ok) throw new Problem('invalid_request', `The header ${name} is missing or odd.`);
    if (draining()) throw closing();
    const trace = c.get('trace');
    const answer = await sessions.open({ caller, request, idempotencyKey: key.value, trace });
    return reply(c, 201, answer);
  });

  app.post(paths.renew.replace('{session}', ':session'), async (c) => {
    const caller = await callerOf(c);
    const request = await bodyOf(c, renewRequest);
    const renewal = await sessions.renew(caller, sessionOf(c), request, c.get('trace'));
    return reply(c, 200, JSON.stringify(renewal));
  });

  // Whatever the body is, it is not read: a browser may be closing while it says goodbye.
  app.post(paths.end.replace('{session}', ':session'), async (c) => {
    await sessions.end(await callerOf(c), sessionOf(c));
    return reply(c, 204, null);
  });

  app.get(paths.quota, async (c) => {
    const answer = await sessions.quota(await callerOf(c), c.get('trace'));
    return reply(c, 200, JSON.stringify(answer));
  });

  return app;

  /** Who may not ask at all, whoever it is; null lets it in. */
  function strangerIn(c: Asked): Problem | null {
    const origin = headerOf(c, 'origin');
    if (origin !== undefined) {
      if (!mayAsk(origin)) return strange('This broker answers extensions, not web pages.');
      c.set('origin', origin);
    }
    // Without access control a page could reach us by a name of its own that leads here.
    if (open && !isLoopback((headerOf(c, 'host') ?? '').replace(/:\d+$/u, ''))) {
      return strange('This broker answers only to the name of this machine itself.');
    }
    return null;
  }

  function failed(error: unknown, c: Asked): Response {
    const problem = foreseen(error);
    c.set('code', problem.code);
    metrics?.problem(problem.code);
    if (problem.cause !== undefined) {
      const level = problem.code === 'internal' ? 'error' : 'warn';
      const { code, cause, detail } = problem;
      log[level]({ trace: c.get('trace'), code, err: cause }, detail);
    }
    const { status, body, headers } = written(problem, c.get('trace'));
    return reply(c, status, body, headers);
  }

  async function callerOf(c: Asked): Promise<Caller> {
    await stores.perAddress.count(addressFor(c));
    const caller = await auth.identify((name) => headerOf(c, name));
    c.set('caller', caller);
    await stores.perCaller.count(caller.id);
    return caller;
  }

  function addressFor(c: Asked): string {
    const peer = c.env?.incoming?.socket.remoteAddress;
    return addressOf(peer, headerOf(c, 'x-forwarded-for'), config.trusted_proxies);
  }

  function note(c: Asked, milliseconds: number): void {
    const route = routeOf(c.req.path);
    const { status } = c.res;
    metrics?.answered(route, status, milliseconds / 1000);
    requests.info({
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

const routes: readonly string[] = Object.values(paths);

/** Our name for where a request went, without anything of the caller's in it. */
function routeOf(path: string): string {
  const pattern = path.replace(/^(\/v1\/sessions\/)[^/]+(\/\w+)$/u, '$1{session}$2');
  return routes.includes(pattern) ? pattern : 'other';
}

function sessionOf(c: Asked): string {
  return c.req.param('session') ?? '';
}

function strange(detail: string): Problem {
  return new Problem('forbidden_origin', detail);
}

function closing(): Problem {
  return new Problem('unavailable', 'This broker is about to stop; another one will take over.', {
    retry_after: 1,
  });
}
