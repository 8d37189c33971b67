import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What an operator watches. Labels never name a caller. */
export interface Metrics {
  /** @param route - a pattern of ours, so that the number of series stays small. */
  answered(route: string, status: number, seconds: number): void;
  problem(code: string): void;
  lapsed(sessions: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export function createMetrics(reachable: () => Promise<boolean>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'broker_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['route', 'status'],
    // The upper ones are vendors that take their time.
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 2.5, 6, 12],
    registers,
  });
  const problems = new Counter({
    name: 'broker_problems_total',
    help: 'Problems answered, by code.',
    labelNames: ['code'],
    registers,
  });
  const lapsed = new Counter({
    name: 'broker_sessions_lapsed_total',
    help: 'Sessions that nobody renewed or ended.',
    registers,
  });
  const store = new Gauge({
    name: 'broker_store_reachable',
    help: '1 while limits can be counted, else 0: then no session can be opened.',
    registers,
    async collect() {
      this.set((await reachable()) ? 1 : 0);
    },
  });
  registry.registerMetric(store);
  return {
    answered: (route, status, seconds) => answers.observe({ route, status }, seconds),
    problem: (code) => problems.inc({ code }),
    lapsed: (sessions) => lapsed.inc(sessions),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
