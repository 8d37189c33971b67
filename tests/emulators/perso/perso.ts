import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import type { Emulator, Told } from '@/tests/emulators/emulator';
import { keepSound } from '@/tests/emulators/media/kept';
import { createVoice } from '@/tests/emulators/media/voice';
import { decodeWav } from '@/tests/emulators/media/wav';
import { apiKey, faultOf, shelves } from './account';
import { calm, watched, type PersoKnobs } from './knobs';
import { exchange, whisper, send, type World } from './line';
import { createPersoSession, infoOf, terminate, type PersoSession } from './session';
import { createSounds } from './sounds';
import { answer } from './stream';

/** Perso's service on one port of loopback: every call of its sheet, and the avatar's line. */
export async function startPerso(port = 0): Promise<Emulator<PersoKnobs>> {
  const told: Told[] = [];
  const unknown: string[] = [];
  const sessions = new Map<string, PersoSession>();
  const waiting = new Set<ServerResponse>();
  const knobs = watched((name) => turn(name));
  const voice = createVoice();
  const world: World = {
    knobs,
    voice,
    sounds: createSounds(voice),
    tell: (what, body) => void told.push({ what, body }),
    puzzled: (what) => void unknown.push(what),
  };

  function turn(name: string): void {
    for (const session of sessions.values()) {
      if (name === 'ends' && knobs.ends !== null) terminate(session, knobs.ends);
      if (name === 'peer') disconnect(session);
      if (name === 'media' && knobs.media === 'frozen') session.peer?.freeze('everything');
      if (name === 'media' && knobs.media === 'flows') session.peer?.thaw();
      if (name === 'noise') disturb(session);
    }
  }

  function disconnect(session: PersoSession): void {
    switch (knobs.peer) {
      case 'lives':
        session.peer?.mend();
        return;
      case 'cut':
        session.peer?.cut();
        return;
      case 'killed':
        session.peer?.kill();
        break;
      case 'closed':
        break;
    }
    terminate(session, 'SESSION_LOST_AFTER_CONNECTION');
  }

  function disturb(session: PersoSession): void {
    if (knobs.noise === 'malformed') whisper(session.messages, '{"type": "stf", ');
    if (knobs.noise === 'hollow') {
      for (const data of [null, {}, { duration: 'long' }, { message: 7, duration: -1 }])
        whisper(session.messages, JSON.stringify({ type: 'stf', data }));
      for (const text of ['null', '[]', '7']) whisper(session.messages, text);
    }
    if (knobs.noise === 'unknown') send(session, 'fireworks', { colour: 'red' });
    if (knobs.noise === 'huge') {
      // A channel takes at most 256 kB at once.
      for (let i = 0; i < 4; i += 1) send(session, 'fireworks', { text: 'x'.repeat(250_000) });
    }
  }

  const server = createServer((request, response) => {
    waiting.add(response);
    const over = new AbortController();
    response.on('close', () => {
      waiting.delete(response);
      over.abort();
    });
    serve({ ...world, sessions }, request, response, over.signal).catch((thrown: unknown) => {
      if (!over.signal.aborted) world.puzzled(`${request.url ?? ''}: ${String(thrown)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();

  async function reset(): Promise<void> {
    for (const session of sessions.values()) terminate(session, 'GRACEFUL_TERMINATION');
    sessions.clear();
    for (const response of waiting) response.destroy();
    told.length = 0;
    unknown.length = 0;
    Object.assign(knobs, calm);
  }

  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : port}`,
    told,
    knobs,
    unknown,
    running: () => [
      ...[...sessions.values()].flatMap(({ peer, files }) => [
        ...(peer ? ['a peer'] : []),
        ...Array.from(files, () => 'a file channel'),
      ]),
      ...Array.from(waiting, () => 'a call'),
    ],
    reset,
    async close() {
      await reset();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

interface Desk extends World {
  readonly sessions: Map<string, PersoSession>;
}

async function serve(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { knobs, tell, puzzled, sessions } = desk;
  if (knobs.cors) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type, PersoLive-APIKey');
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  const body = await read(request);
  const what = `${request.method ?? ''} ${request.url ?? ''}`;
  const [, id = '', rest = ''] =
    /^\/api\/v1\/session\/([^/]+)\/(.*)$/u.exec(request.url ?? '') ?? [];
  const isJson = /json/u.test(request.headers['content-type'] ?? '');
  const asked: unknown = isJson ? JSON.parse(body.toString()) : undefined;
  tell(id === '' ? what : `${request.method ?? ''} session/${rest}`, asked ?? null);

  if (id === '') {
    if (request.headers['persolive-apikey'] !== apiKey) {
      fail(response, 401, 'not_authenticated', 'The key is not valid');
    } else if (what === 'POST /api/v1/session/') {
      create(desk, asked, response);
    } else if (request.method === 'GET' && shelves.has(request.url ?? '')) {
      give(response, shelves.get(request.url ?? ''));
    } else {
      puzzled(what);
      fail(response, 404, 'not_found', 'No such thing');
    }
    return;
  }
  const session = sessions.get(id);
  if (!session) {
    fail(response, 404, 'does_not_exist', 'Session not found', 'session');
    return;
  }
  if (request.headers['persolive-apikey'] !== undefined) puzzled(`a key in ${what}`);
  await attend(desk, session, `${request.method ?? ''} ${rest}`, {
    asked,
    body,
    request,
    response,
    signal,
  });
}

interface Call {
  readonly asked: unknown;
  readonly body: Buffer;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
}

async function attend(
  desk: Desk,
  session: PersoSession,
  what: string,
  { asked, body, request, response, signal }: Call,
): Promise<void> {
  const { knobs } = desk;
  switch (what) {
    case 'GET ':
      if (session.status === 'TERMINATED' || !(await stopped(desk, session, 'session', response)))
        give(response, infoOf(session));
      return;
    case 'GET ice-servers/':
      if (!(await stopped(desk, session, 'ice-servers', response)))
        give(response, { ice_servers: [] });
      return;
    case 'POST exchange/': {
      if (await stopped(desk, session, 'exchange', response)) return;
      if (session.status !== 'CREATED') {
        fail(response, 400, 'invalid', 'The session cannot be connected any more');
        return;
      }
      const { client_sdp } = asked as { client_sdp: { type: string; sdp: string } };
      if (/^a=candidate/mu.test(client_sdp.sdp)) desk.puzzled('candidates in the offer');
      const sdp = await exchange(desk, session, client_sdp.sdp);
      if (signal.aborted) terminate(session, 'SESSION_LOST_AFTER_CONNECTION');
      give(response, { server_sdp: { type: 'answer', sdp } });
      return;
    }
    case 'POST event/create/': {
      const { event } = asked as { event: string };
      if (!/^SESSION_(?:START|DURING|LOG|END|ERROR|TTS|STT|LLM)$/u.test(event))
        desk.puzzled(`event ${event}`);
      if (knobs.heartbeat === 'fails' && event === 'SESSION_DURING') {
        fail(response, 400, 'invalid', 'The session has ended');
        return;
      }
      if (event === 'SESSION_END') terminate(session, 'GRACEFUL_TERMINATION');
      give(response, {});
      return;
    }
    case 'POST llm/v2/':
      if (session.status === 'TERMINATED') fail(response, 400, 'invalid', 'The session has ended');
      else if (knobs.llm === 'refuses') fail(response, 400, 'invalid', 'No such message');
      else if (knobs.llm === 'wordless') give(response, { error: 'overloaded' }, 500);
      else if (knobs.llm === 'quota')
        fail(response, 403, 'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED', 'No minutes left');
      else if (knobs.llm === 'html') gateway(response);
      else if (knobs.llm === 'drops') response.destroy();
      else await answer(knobs, asked as Parameters<typeof answer>[1], response, signal);
      return;
    case 'POST tts/': {
      const { text } = asked as { text: string };
      if (knobs.tts === 'fails') fail(response, 500, 'error', 'The voice fell over');
      else if (knobs.tts === 'undecodable') give(response, { audio: '%%% no base64 %%%' });
      else if (knobs.tts === 'speaks') {
        const audio = await desk.sounds.speak(text);
        if (knobs.voices > 0) await after(knobs.voices);
        give(response, { audio });
      }
      return;
    }
    case 'POST stt/': {
      const file = fileIn(body, request.headers['content-type'] ?? '');
      const { pcm, rate } = decodeWav(file);
      const heard = { rate, ms: (pcm.length / rate) * 1000, tone: toneOf(pcm, rate) };
      desk.tell('heard', keepSound(heard, { pcm, rate }));
      if (knobs.stt === 'fails') fail(response, 500, 'error', 'The ears fell off');
      else if (knobs.stt === 'html') gateway(response);
      else if (knobs.stt === 'hears') give(response, { text: knobs.heard, locale: 'en' });
      return;
    }
    default:
      desk.puzzled(`${what} of a session`);
      fail(response, 404, 'not_found', 'No such thing');
  }
}

function create(desk: Desk, asked: unknown, response: ServerResponse): void {
  const params = { ...(asked as Record<string, unknown>) };
  const fault = faultOf(params);
  if (fault) {
    const [code, attr] = fault;
    fail(response, 400, code, `${attr} not found`, attr);
    return;
  }
  const wanted = params['capability'] as string[];
  const capability = wanted.filter((name) => desk.knobs.capability.includes(name));
  const session = createPersoSession(params, capability);
  desk.sessions.set(session.id, session);
  give(response, { session_id: session.id }, 201);
}

/** Whether a knob stands in the way of connecting here; then it was answered, or never will be. */
async function stopped(
  { knobs }: Desk,
  session: PersoSession,
  at: PersoKnobs['connectAt'],
  response: ServerResponse,
): Promise<boolean> {
  if (knobs.connectAfterMs > 0) await after(knobs.connectAfterMs);
  if (response.destroyed) return true;
  if (knobs.connect === 'answers' || knobs.connectAt !== at) return false;
  switch (knobs.connect) {
    case 'refuses':
      fail(response, 401, 'not_authenticated', 'Not allowed');
      return true;
    case 'unknown':
      fail(response, 404, 'does_not_exist', 'Session not found', 'session');
      return true;
    case 'busy':
      fail(response, 503, 'unavailable', 'Try later');
      return true;
    case 'html':
      gateway(response);
      return true;
    case 'drops':
      response.destroy();
      return true;
    case 'silent':
      return true;
    case 'expired':
      terminate(session, 'SESSION_EXPIRED_BEFORE_CONNECTION');
      break;
    case 'GRACEFUL_TERMINATION':
    case 'SESSION_EXPIRED_BEFORE_CONNECTION':
    case 'SESSION_LOST_AFTER_CONNECTION':
    case 'SESSION_MISC_ERROR':
    case 'MAX_ACTIVE_SESSION_QUOTA_EXCEEDED':
    case 'MAX_MIN_PER_SESSION_QUOTA_EXCEEDED':
    case 'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED':
      terminate(session, knobs.connect);
      break;
  }
  // The call itself is answered; what it says is that the session is over.
  return false;
}

function give(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function fail(
  response: ServerResponse,
  status: number,
  code: string,
  detail: string,
  attr: string | null = null,
): void {
  give(response, { type: 'validation_error', errors: [{ code, detail, attr }] }, status);
}

function gateway(response: ServerResponse): void {
  response.writeHead(502, { 'Content-Type': 'text/html' });
  response.end('<html><body>Bad gateway</body></html>');
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The part named `audio` of a form. */
function fileIn(body: Buffer, type: string): Buffer {
  const boundary = /boundary=(\S+)/u.exec(type)?.[1];
  if (boundary === undefined) throw new Error('not a form');
  const form = body.toString('latin1');
  const part = form.split(`--${boundary}`).find((part) => /name="audio"/u.test(part));
  if (part === undefined) throw new Error('no audio in the form');
  const from = part.indexOf('\r\n\r\n') + 4;
  return Buffer.from(part.slice(from, -2), 'latin1');
}

/** The pitch of a plain tone by its zero crossings, Hz. */
function toneOf(pcm: Int16Array, rate: number): number {
  let crossings = 0;
  for (let i = 1; i < pcm.length; i += 1) {
    if ((pcm[i - 1] ?? 0) < 0 && (pcm[i] ?? 0) >= 0) crossings += 1;
  }
  return Math.round((crossings * rate) / Math.max(1, pcm.length));
}
