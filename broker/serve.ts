import { createServer, type Server } from 'node:http';
import type { Broker } from './broker';
import type { Config } from './config/schema';

/** A broker that listens. */
export interface Listening {
  /** As one would type it. */
  readonly address: string;
  /** Answers what was asked, takes no more, and is gone; at the latest after `patience`. */
  stop(): Promise<void>;
}

/** A slow vendor may take 12.2 s. Milliseconds. */
const patience = 15_000;
const betweenSweeps = 5000;

/** @throws the system's error, if the port is taken. */
export async function serve(broker: Broker, { host, port }: Config['listen']): Promise<Listening> {
  const options = {
    // A whole request in 10 s, however slowly it drips.
    headersTimeout: 5000,
    requestTimeout: 10_000,
    // Longer than load balancers keep theirs (60 s), or one would use what we just closed.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 16_384,
  };
  const server = createServer(options, broker.listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const sweeper = setInterval(() => void broker.sweep(), betweenSweeps);
  return {
    address: addressOf(server, host),
    async stop() {
      broker.drain();
      clearInterval(sweeper);
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      // A connection that was busy is idle once answered, and would be kept for the next request.
      const tidier = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearInterval(tidier);
      clearTimeout(late);
      await broker.close();
    },
  };
}

function addressOf(server: Server, host: string): string {
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
