import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenCalls } from './account.ts';
import type { InworldKnobs } from './knobs.ts';
import type { Session } from './session.ts';
import { faultOf, judge, mint } from './token.ts';

export interface Office {
  readonly knobs: InworldKnobs;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly told: (what: string, body: unknown) => void;
  readonly unknown: (what: string) => void;
}

const minting: readonly string[] = Object.values(tokenCalls).map(({ path }) => path);

/** Everything that is not the socket. */
export async function serve(office: Office, request: IncomingMessage, response: ServerResponse) {
  const { method = '', headers } = request;
  const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
  const say = (status: number, body: unknown, type = 'application/json') => {
    response.writeHead(status, {
      'Content-Type': type,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': 'authorization, content-type, grpc-metadata-session-id',
      'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  if (method === 'OPTIONS') return say(204, '');
  const body = await read(request);
  office.told(`${method} ${path}`, body);
  if (method === 'POST' && minting.includes(path)) {
    const fault = faultOf(headers.authorization, path);
    if (fault !== null) return say(401, { code: 16, message: fault, details: [] });
    if (office.knobs.mintStatus !== 200) {
      return say(office.knobs.mintStatus, { code: 13, message: 'as it was told to', details: [] });
    }
    return say(200, mint(office.knobs.tokenLasts));
  }
  const picture = /^\/assets\/(\w+)\.svg$/u.exec(path);
  if (method === 'GET' && picture) {
    return say(
      200,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>${picture[1]}</title><circle cx="4.5" cy="4.5" r="4"/></svg>`,
      'image/svg+xml',
    );
  }
  const state = /^\/v1\/workspaces\/[\w-]+\/sessions\/(.+)\/state$/u.exec(path);
  const feedback = /^\/v1\/feedback\/workspaces\/[\w-]+\/sessions\/(.+)\/interactions\/.+$/u.exec(
    path,
  );
  const known = office.sessions.get((state ?? feedback)?.[1] ?? '');
  if (!state && !feedback) {
    office.unknown(`${method} ${path}`);
    return say(404, { code: 5, message: 'no such call', details: [] });
  }
  const [type, token = ''] = (headers.authorization ?? '').split(' ');
  const verdict = type === 'Bearer' ? judge(token) : 'invalid';
  if (verdict !== 'valid' || headers['grpc-metadata-session-id'] === undefined || !known) {
    const errorType = verdict === 'expired' ? 'SESSION_TOKEN_EXPIRED' : 'SESSION_TOKEN_INVALID';
    return say(401, { code: 16, message: verdict, details: [{ errorType }] });
  }
  if (state && method === 'GET') {
    if (office.knobs.stateStatus === 0) return;
    if (office.knobs.stateStatus !== 200) {
      return say(office.knobs.stateStatus, { code: 13, message: 'no state', details: [] });
    }
    return say(200, {
      state: Buffer.from(JSON.stringify(known.memory.dialogue)).toString('base64'),
      creationTime: new Date().toISOString(),
      version: { interactionId: known.last },
    });
  }
  if (feedback && method === 'POST') return say(200, { type: [], ...Object(body), name: path });
  if (feedback && method === 'DELETE') return say(200, {});
  office.unknown(`${method} ${path}`);
  return say(405, { code: 12, message: 'not like this', details: [] });
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
  const text = Buffer.concat(parts).toString();
  return text === '' ? null : (JSON.parse(text) as unknown);
}
