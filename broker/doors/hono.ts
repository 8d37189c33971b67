import type { IncomingMessage } from 'node:http';
import { Hono, type Context } from 'hono';
import { longestRequest } from '@/lib/broker/contract';
import { tooLarge } from '../body';
import type { Answerer, Received } from '../exchange';
import type { Routes } from '../routes';
import { fromNode } from './node';

/** What Hono hands on from Node. */
interface Frame {
  /** Absent where an app is asked without a port. */
  Bindings: { readonly incoming?: IncomingMessage };
}

export type App = Hono<Frame>;

export function createApp({ all, preflight, nowhere }: Routes): App {
  const app: App = new Hono<Frame>();
  for (const { method, path, answer } of all) {
    app.on(method, path.replace('{session}', ':session'), handler(answer));
  }
  app.options('*', handler(preflight));
  app.notFound(handler(nowhere));
  return app;
}

function handler(answer: Answerer) {
  return async (c: Context<Frame>): Promise<Response> => {
    const { status, headers, body } = await answer(received(c));
    return new Response(body, { status, headers });
  };
}

function received({ env, req }: Context<Frame>): Received {
  const session = req.param('session') ?? '';
  if (env?.incoming) return fromNode(env.incoming, req.path, session);
  return {
    method: req.method,
    path: req.path,
    session,
    peer: undefined,
    header: (name) => req.header(name),
    async text() {
      if (Number(req.header('content-length') ?? 0) > longestRequest) throw tooLarge();
      const text = await req.text();
      if (text.length > longestRequest) throw tooLarge();
      return text;
    },
  };
}
