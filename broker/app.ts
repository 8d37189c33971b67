import { timingSafeEqual } from 'node:crypto';
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
import { bodyReader } from './body';
import type { Caller } from './callers';
import type { Config } from './config/schema';
import { foreseen } from './foreseen';
import { allow, askedBy, headerOf, originTest, reply, type Asked, type Frame } from './frame';
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
  const open = auth.methods.some(({ type }) => type === 'none');

  app.notFound(
    answered(null, ({ c }) => {
      const version = /^\/v(\d+)\//u.exec(c.req.path)?.[1];
      if (version !== undefined && Number(version) !== contractVersion) {
        throw new Problem('version_unsupported', `This broker speaks version ${contractVersion}.`, {
          versions: [contractVersion],
        });
      }
      throw new Problem('not_found', `A broker has no answer to ${c.req.method} at this address.`);
    }),
  );

  app.options(
    '*',
    answered(null, (asked) => allow(asked, config.access.header)),
  );

  when('get', paths.health, async (asked) => {
    const reachable = await stores.reachable();
    const status = draining() ? 'draining' : reachable ? 'ok' : 'degraded';
    const store = { kind: stores.kind, reachable };
    const health: Health = { status, store, trace: asked.trace };
    return reply(asked, status === 'ok' ? 200 : 503, JSON.stringify(health));
  });

  if (metrics) {
    when('get', paths.metrics, async (asked) => {
      const { hash } = config.metrics;
      const key = /^Bearer (.+)$/iu.exec(headerOf(asked.c, 'authorization') ?? '')?.[1] ?? '';
      if (hash !== undefined && !timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(hash))) {
        throw new Problem('auth_required', 'Metrics are for those with their key.', {
          challenge: 'Bearer realm="metrics"',
        });
      }
      return reply(asked, 200, await metrics.text(), { 'Content-Type': metrics.contentType });
    });
  }

  when('get', paths.discovery, async (asked) => {
    await stores.perAddress.count(addressFor(asked));
    return reply(asked, 200, discovery, { 'Cache-Control': 'public, max-age=300' });
  });

  when('post', paths.sessions, async (asked) => {
    const caller = await callerOf(asked);
    const request = await openingIn(asked);
    const name = headers.idempotencyKey;
    const key = read(idempotencyKey, headerOf(asked.c, name.toLowerCase()));
    if (!key.ok) throw new Problem('invalid_request', `The header ${name} is missing or odd.`);
    if (draining()) throw closing();
    const { trace } = asked;
    const answer = await sessions.open({ caller, request, idempotencyKey: key.value, trace });
    return reply(asked, 201, answer);
  });

  when('post', paths.renew, async (asked) => {
    const caller = await callerOf(asked);
    const request = await renewalIn(asked);
    const renewal = await sessions.renew(caller, sessionOf(asked), request, asked.trace);
    return reply(asked, 200, JSON.stringify(renewal));
  });

  // Whatever the body is, it is not read: a browser may be closing while it says goodbye.
  when('post', paths.end, async (asked) => {
    await sessions.end(await callerOf(asked), sessionOf(asked));
    return reply(asked, 204, null);
  });

  when('get', paths.quota, async (asked) => {
    const answer = await sessions.quota(await callerOf(asked), asked.trace);
    return reply(asked, 200, JSON.stringify(answer));
  });

  return app;

  function when(method: 'get' | 'post', path: string, answer: Answer): void {
    app[method](path.replace('{session}', ':session'), answered(path, answer));
  }

  /**
   * Around every answer: who may ask at all, what failed, and a line in the log. Not a middleware,
   * since Hono calls a lone handler straight away.
   *
   * @param route - our name for it; null asks the path.
   */
  function answered(route: string | null, answer: Answer) {
    return async (c: Context<Frame>): Promise<Response> => {
      const started = performance.now();
      const asked = askedBy(c);
      let response: Response;
      try {
        admit(asked);
        response = await answer(asked);
      } catch (error) {
        response = failed(error, asked);
      }
      const milliseconds = performance.now() - started;
      note(asked, route ?? routeOf(c.req.path), response.status, milliseconds);
      return response;
    };
  }

  /** @throws Problem if it may not ask at all, whoever it is */
  function admit(asked: Asked): void {
    const origin = headerOf(asked.c, 'origin');
    if (origin !== undefined) {
      if (!mayAsk(origin)) throw strange('This broker answers extensions, not web pages.');
      asked.origin = origin;
    }
    // Without access control a page could reach us by a name of its own that leads here.
    if (open && !isLoopback((headerOf(asked.c, 'host') ?? '').replace(/:\d+$/u, ''))) {
      throw strange('This broker answers only to the name of this machine itself.');
    }
  }

  function failed(error: unknown, asked: Asked): Response {
    const problem = foreseen(error);
    asked.code = problem.code;
    metrics?.problem(problem.code);
    if (problem.cause !== undefined) {
      const level = problem.code === 'internal' ? 'error' : 'warn';
      const { code, cause, detail } = problem;
      log[level]({ trace: asked.trace, code, err: cause }, detail);
    }
    const { status, body, headers } = written(problem, asked.trace);
    return reply(asked, status, body, headers);
  }

  async function callerOf(asked: Asked): Promise<Caller> {
    await stores.perAddress.count(addressFor(asked));
    const caller = await auth.identify((name) => headerOf(asked.c, name));
    asked.caller = caller;
    await stores.perCaller.count(caller.id);
    return caller;
  }

  function addressFor({ c }: Asked): string {
    const peer = c.env?.incoming?.socket.remoteAddress;
    return addressOf(peer, headerOf(c, 'x-forwarded-for'), config.trusted_proxies);
  }

  function note(asked: Asked, route: string, status: number, milliseconds: number): void {
    metrics?.answered(route, status, milliseconds / 1000);
    log.request({
      trace: asked.trace,
      method: asked.c.req.method,
      route,
      status,
      ms: Math.round(milliseconds),
      caller: asked.caller?.id,
      code: asked.code,
    });
  }
}

const openingIn = bodyReader(sessionRequest);
const renewalIn = bodyReader(renewRequest);

type Answer = (asked: Asked) => Response | Promise<Response>;

const routes: readonly string[] = Object.values(paths);

/** Our name for where a request went, without anything of the caller's in it. */
function routeOf(path: string): string {
  const pattern = path.replace(/^(\/v1\/sessions\/)[^/]+(\/\w+)$/u, '$1{session}$2');
  return routes.includes(pattern) ? pattern : 'other';
}

function sessionOf({ c }: Asked): string {
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
