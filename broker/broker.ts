import type { RequestListener } from 'node:http';
import { createAuth } from './auth/auth';
import type { ReadConfig } from './config/read';
import { describe } from './discovery';
import { createApp, type App } from './doors/hono';
import { createListener } from './doors/node';
import type { Logger } from './log';
import { createMetrics } from './metrics';
import { createRoutes } from './routes';
import { createSessions } from './sessions/sessions';
import { createStores } from './stores';
import type { Vendor } from './vendors/vendor';
import { createVendors } from './vendors/vendors';

/** A broker that is ready to answer, but listens nowhere yet. */
export interface Broker {
  /** Its door for whoever has no port. */
  readonly app: App;
  /** Its door for a server of Node's. */
  readonly listener: RequestListener;
  /** New sessions go elsewhere from now on; those that live may still be renewed and ended. */
  drain(): void;
  /** Ends what nobody renewed. To be called now and then. */
  sweep(): Promise<void>;
  /** Whether the ledger can be reached. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

interface Surroundings {
  readonly log: Logger;
  readonly clock?: () => number;
  /** Instead of those the configuration has accounts with. */
  readonly vendors?: readonly Vendor[];
}

export function createBroker(
  { config, secrets }: ReadConfig,
  { log, clock = Date.now, vendors = createVendors(config) }: Surroundings,
): Broker {
  const stores = createStores(config, secrets, (err) => log.warn({ err }, 'Redis'));
  const auth = createAuth(config);
  const metrics = config.metrics.enabled ? createMetrics(() => stores.reachable()) : null;
  const sessions = createSessions({
    config,
    stores,
    vendors,
    clock,
    troubled: (what, err) => log.warn({ err }, what),
  });
  let draining = false;
  const routes = createRoutes({
    config,
    auth,
    sessions,
    stores,
    log,
    metrics,
    discovery: JSON.stringify(describe(config, auth.methods, vendors)),
    draining: () => draining,
  });
  const app = createApp(routes);
  return {
    app,
    listener: createListener(routes.open, app.fetch),
    drain() {
      draining = true;
    },
    async sweep() {
      try {
        const lapsed = await sessions.sweep();
        metrics?.lapsed(lapsed);
      } catch (err) {
        log.warn({ err }, 'idle sessions could not be ended');
      }
    },
    ready: () => stores.reachable(),
    close: () => stores.close(),
  };
}
