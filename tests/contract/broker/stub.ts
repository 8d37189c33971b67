import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Stub {
  readonly url: string;
  readonly arrived: Arrived[];
  stop(): Promise<void>;
}

/** `null` breaks the connection off; `'hang'` never answers. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | 'hang'
  | null;

/** A vendor on loopback that answers as told and remembers what it was asked. */
export async function startStub(
  answer: (request: Arrived, number: number) => Answer,
): Promise<Stub> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void read(request).then((text) => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body: text === '' ? undefined : JSON.parse(text) };
      arrived.push(one);
      send(response, answer(one, arrived.length));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    arrived,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  if (answer === null) {
    response.destroy();
    return;
  }
  const { status = 200, headers = {}, body } = answer;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
