import { paths } from '@/lib/broker/contract';
import { askedBy, originTest, type Asked } from './asked';
import type { Config } from './config/schema';
import type { Answer, Answerer } from './exchange';
import { foreseen } from './foreseen';
import type { Logger } from './log';
import { isLoopback } from './loopback';
import type { Metrics } from './metrics';
import { Problem, written } from './problem';
import { reply } from './reply';

interface Parts {
  readonly origins: Config['origins'];
  /** Nobody has to say who it is. */
  readonly anyone: boolean;
  readonly log: Logger;
  readonly metrics: Metrics | null;
}

export type Respond = (asked: Asked) => Answer | Promise<Answer>;

/**
 * What is around every answer: who may ask at all, what failed, and a line in the log.
 *
 * @returns what makes an answerer. `route` is our name for it; null asks the path.
 */
export function createAnswered({ origins, anyone, log, metrics }: Parts) {
  const mayAsk = originTest(origins);

  return (route: string | null, respond: Respond): Answerer =>
    async (request) => {
      const started = performance.now();
      const asked = askedBy(request);
      let answer: Answer;
      try {
        admit(asked);
        answer = await respond(asked);
      } catch (error) {
        answer = failed(error, asked);
      }
      const milliseconds = performance.now() - started;
      note(asked, route ?? routeOf(request.path), answer.status, milliseconds);
      return answer;
    };

  /** @throws Problem if it may not ask at all, whoever it is */
  function admit(asked: Asked): void {
    const origin = asked.request.header('origin');
    if (origin !== undefined) {
      if (!mayAsk(origin)) throw strange('This broker answers extensions, not web pages.');
      asked.origin = origin;
    }
    // Without access control a page could reach us by a name of its own that leads here.
    if (anyone && !isLoopback((asked.request.header('host') ?? '').replace(/:\d+$/u, ''))) {
      throw strange('This broker answers only to the name of this machine itself.');
    }
  }

  function failed(error: unknown, asked: Asked): Answer {
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

  function note(asked: Asked, route: string, status: number, milliseconds: number): void {
    metrics?.answered(route, status, milliseconds / 1000);
    log.request({
      trace: asked.trace,
      method: asked.request.method,
      route,
      status,
      ms: Math.round(milliseconds),
      caller: asked.caller?.id,
      code: asked.code,
    });
  }
}

const routes: readonly string[] = Object.values(paths);

/** Our name for where a request went, without anything of the caller's in it. */
function routeOf(path: string): string {
  const pattern = path.replace(/^(\/v1\/sessions\/)[^/]+(\/\w+)$/u, '$1{session}$2');
  return routes.includes(pattern) ? pattern : 'other';
}

function strange(detail: string): Problem {
  return new Problem('forbidden_origin', detail);
}
