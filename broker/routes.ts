import { timingSafeEqual } from 'node:crypto';
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
import { createAnswered, type Respond } from './answered';
import type { Asked } from './asked';
import type { Auth } from './auth/auth';
import { hashOf } from './auth/keys';
import { bodyReader } from './body';
import type { Caller } from './callers';
import type { Config } from './config/schema';
import type { Answerer } from './exchange';
import { addressOf } from './limits/address';
import type { Logger } from './log';
import type { Metrics } from './metrics';
import { Problem } from './problem';
import { allow, reply } from './reply';
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

/** What is answered to what, whichever door it comes in by. */
export interface Routes {
  readonly all: readonly Route[];
  /** Of all of them, `POST /v1/sessions`. */
  readonly open: Answerer;
  readonly preflight: Answerer;
  /** Anything else. */
  readonly nowhere: Answerer;
}

interface Route {
  readonly method: 'GET' | 'POST';
  /** As in `paths`. */
  readonly path: string;
  readonly answer: Answerer;
}

export function createRoutes(parts: Parts): Routes {
  const { config, auth, sessions, stores, discovery, log, metrics, draining } = parts;
  const anyone = auth.methods.some(({ type }) => type === 'none');
  const answered = createAnswered({ origins: config.origins, anyone, log, metrics });
  const all: Route[] = [];
  const when = (method: Route['method'], path: string, respond: Respond) => {
    const answer = answered(path, respond);
    all.push({ method, path, answer });
    return answer;
  };

  when('GET', paths.health, async (asked) => {
    const reachable = await stores.reachable();
    const status = draining() ? 'draining' : reachable ? 'ok' : 'degraded';
    const store = { kind: stores.kind, reachable };
    const health: Health = { status, store, trace: asked.trace };
    return reply(asked, status === 'ok' ? 200 : 503, JSON.stringify(health));
  });

  if (metrics) {
    when('GET', paths.metrics, async (asked) => {
      const { hash } = config.metrics;
      const key = /^Bearer (.+)$/iu.exec(asked.request.header('authorization') ?? '')?.[1] ?? '';
      if (hash !== undefined && !timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(hash))) {
        throw new Problem('auth_required', 'Metrics are for those with their key.', {
          challenge: 'Bearer realm="metrics"',
        });
      }
      return reply(asked, 200, await metrics.text(), { 'Content-Type': metrics.contentType });
    });
  }

  when('GET', paths.discovery, async (asked) => {
    await stores.perAddress.count(addressFor(asked));
    return reply(asked, 200, discovery, { 'Cache-Control': 'public, max-age=300' });
  });

  const open = when('POST', paths.sessions, async (asked) => {
    const caller = await callerOf(asked);
    const request = await openingIn(asked);
    const name = headers.idempotencyKey;
    const key = read(idempotencyKey, asked.request.header(name.toLowerCase()));
    if (!key.ok) throw new Problem('invalid_request', `The header ${name} is missing or odd.`);
    if (draining()) throw closing();
    const { trace } = asked;
    const answer = await sessions.open({ caller, request, idempotencyKey: key.value, trace });
    return reply(asked, 201, answer);
  });

  when('POST', paths.renew, async (asked) => {
    const caller = await callerOf(asked);
    const request = await renewalIn(asked);
    const renewal = await sessions.renew(caller, asked.request.session, request, asked.trace);
    return reply(asked, 200, JSON.stringify(renewal));
  });

  // Whatever the body is, it is not read: a browser may be closing while it says goodbye.
  when('POST', paths.end, async (asked) => {
    await sessions.end(await callerOf(asked), asked.request.session);
    return reply(asked, 204, null);
  });

  when('GET', paths.quota, async (asked) => {
    const answer = await sessions.quota(await callerOf(asked), asked.trace);
    return reply(asked, 200, JSON.stringify(answer));
  });

  return {
    all,
    open,
    preflight: answered(null, (asked) => allow(asked, config.access.header)),
    nowhere: answered(null, ({ request }) => {
      const version = /^\/v(\d+)\//u.exec(request.path)?.[1];
      if (version !== undefined && Number(version) !== contractVersion) {
        throw new Problem('version_unsupported', `This broker speaks version ${contractVersion}.`, {
          versions: [contractVersion],
        });
      }
      throw new Problem(
        'not_found',
        `A broker has no answer to ${request.method} at this address.`,
      );
    }),
  };

  async function callerOf(asked: Asked): Promise<Caller> {
    await stores.perAddress.count(addressFor(asked));
    const caller = await auth.identify(asked.request.header);
    asked.caller = caller;
    await stores.perCaller.count(caller.id);
    return caller;
  }

  function addressFor({ request }: Asked): string {
    const forwarded = request.header('x-forwarded-for');
    return addressOf(request.peer, forwarded, config.trusted_proxies);
  }
}

const openingIn = bodyReader(sessionRequest);
const renewalIn = bodyReader(renewRequest);

function closing(): Problem {
  return new Problem('unavailable', 'This broker is about to stop; another one will take over.', {
    retry_after: 1,
  });
}
