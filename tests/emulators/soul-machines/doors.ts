import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiKey, mint } from './account.ts';
import { record, type World } from './world.ts';

/** Everything that is asked by HTTP: tokens, keys, and what a client must never call. */
export async function answerHttp(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://${world.host}`);
  const what = `${request.method ?? ''} ${pathname}`;
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', 'key, authorization, content-type');
  const send = (status: number, body: unknown) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (request.method === 'OPTIONS') {
    response.writeHead(204);
    response.end();
    return;
  }
  record(world, what, Object.fromEntries(searchParams));
  const { credentials } = world.knobs;
  switch (what) {
    case 'GET /token':
    case 'GET /api/auth': {
      if (credentials === 'never') return;
      if (credentials === 'html') {
        response.end('<h1>Somebody else lives here</h1>');
        return;
      }
      if (typeof credentials === 'number') {
        send(credentials, { message: 'No.' });
        return;
      }
      const byKey = what === 'GET /api/auth';
      if (byKey && request.headers['key'] !== apiKey(`http://${world.host}`)) {
        send(401, { message: 'Unknown key.' });
        return;
      }
      const resumed = byKey ? searchParams.get('sessionId') : null;
      const jwt = await mint(world.host, world.knobs.token, resumed);
      send(200, { url: `ws://${world.host}`, jwt });
      return;
    }
    case 'GET /api/telemetry/jwt':
      send(200, { success: true, telemetryJwt: 'telemetry' });
      return;
    case 'POST /api/telemetry/v1/traces':
      send(200, {});
      return;
    default:
      world.unknown.push(what);
      send(404, { message: 'Nobody here.' });
  }
}
