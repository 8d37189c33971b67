import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { longestRequest, paths } from '@/lib/broker/contract';
import { brokenOff, tooLarge } from '../body';
import type { Answer, Answerer, Received } from '../exchange';

/**
 * From Node's server to Hono's app. Whoever opens a session, as all may do at once, is answered
 * without it: a web `Request`, a web `Response` and what carries them took a quarter of the time.
 */
export function createListener(open: Answerer, app: HonoFetch): RequestListener {
  const byHono = getRequestListener(app);
  return (incoming, outgoing) => {
    if (incoming.method !== 'POST' || incoming.url !== paths.sessions) {
      void byHono(incoming, outgoing);
      return;
    }
    open(fromNode(incoming, paths.sessions)).then(
      (answer) => send(answer, outgoing),
      (error: Error) => outgoing.destroy(error),
    );
  };
}

type HonoFetch = Parameters<typeof getRequestListener>[0];

export function fromNode(incoming: IncomingMessage, path: string, session = ''): Received {
  return {
    method: incoming.method ?? '',
    path,
    session,
    peer: incoming.socket.remoteAddress,
    header(name) {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    text: () => textOf(incoming),
  };
}

function send({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  if (body === null) outgoing.writeHead(status, headers).end();
  // Whose length is known goes out in one write.
  else {
    const length = Buffer.byteLength(body);
    outgoing.writeHead(status, { 'Content-Length': length, ...headers }).end(body);
  }
}

/**
 * Straight from Node, since web streams take longer than all else we do with a request. How long
 * it may take is up to the server's `requestTimeout`.
 */
function textOf(incoming: IncomingMessage): string | Promise<string> {
  const length = Number(incoming.headers['content-length'] ?? Number.NaN);
  if (length > longestRequest) throw tooLarge();
  // Most bodies come with their headers.
  if (incoming.readableLength === length) {
    const text = String(incoming.read() ?? '');
    // What is not read to its end is kept until the next request.
    incoming.resume();
    return text;
  }
  // While we asked who it is.
  if (incoming.destroyed) throw brokenOff();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= longestRequest) chunks.push(chunk);
      else reject(tooLarge());
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString()));
    incoming.on('error', () => reject(brokenOff()));
  });
}
