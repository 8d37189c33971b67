import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Emulator, Told } from '../emulator.ts';
import type { Desk, Packet } from './desk.ts';
import { receive } from './gateway.ts';
import { defaults, type InworldKnobs } from './knobs.ts';
import { serve } from './rest.ts';
import { createSession, type Session } from './session.ts';
import { judge } from './token.ts';

/**
 * Inworld's character gateway on one port of loopback: the token calls, the socket, the state and
 * feedback calls. Where the wire is not known (marked [?] in the notes) it does this: text is sent
 * partial first; a trigger or a narrated action is taken without a word (see the knob `reacts`);
 * the pings of the protocol count as traffic.
 */
export async function startInworld(port = 0): Promise<Emulator<InworldKnobs>> {
  const told: Told[] = [];
  const unknown: string[] = [];
  const knobs: InworldKnobs = { ...defaults };
  const sessions = new Map<string, Session>();
  const sockets = new Map<WebSocket, string>();
  const waiting = new Set<Duplex>();
  const note = (what: string, body: unknown) => void told.push({ what, body });
  const puzzled = (what: string) => void unknown.push(what);

  const server = createServer((request, response) => {
    serve({ knobs, sessions, told: note, unknown: puzzled }, request, response).catch(
      (thrown: unknown) => {
        puzzled(`${request.method ?? ''} ${request.url ?? ''}: ${String(thrown)}`);
        response.destroy();
      },
    );
  });
  const upgrades = new WebSocketServer({
    noServer: true,
    maxPayload: 4_000_000,
    handleProtocols: (offered) => (offered.has('Bearer') ? 'Bearer' : false),
  });
  server.on('upgrade', (request, stream, head) => {
    const url = new URL(request.url ?? '', 'http://loopback');
    const sessionId = url.searchParams.get('session_id');
    const [type, token = ''] = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/u);
    note('socket open', { sessionId, type });
    stream.on('error', () => stream.destroy());
    // Nobody reads from it yet, so it would not be noticed that the other side has gone.
    stream.on('end', () => stream.destroy());
    stream.resume();
    if (url.pathname !== '/v1/session/open' || sessionId === null || type !== 'Bearer') {
      puzzled(`socket ${request.url ?? ''} as ${type ?? 'nobody'}`);
      stream.destroy();
      return;
    }
    const accept = () => {
      waiting.delete(stream);
      switch (knobs.upgrade) {
        case 'refuse':
          stream.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
          return;
        case 'unavailable':
          stream.end('HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
          return;
        case 'silent':
          waiting.add(stream);
          stream.on('close', () => waiting.delete(stream));
          return;
        case 'accept':
          upgrades.handleUpgrade(request, stream, head, (socket) =>
            attend(socket, sessionId, token),
          );
      }
    };
    waiting.add(stream);
    stream.on('close', () => waiting.delete(stream));
    if (knobs.upgradeAfterMs > 0) setTimeout(accept, knobs.upgradeAfterMs).unref();
    else accept();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : port}`;

  function attend(socket: WebSocket, sessionId: string, token: string) {
    sockets.set(socket, sessionId);
    const session = sessions.get(sessionId) ?? createSession(sessionId);
    sessions.set(sessionId, session);
    if (session.forget) clearTimeout(session.forget);
    session.socket = socket;
    const frame = (value: object) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(value));
    };
    const refuse: Desk['refuse'] = (errorType, code, reconnectType, more = {}) => {
      const { reconnectAfterMs, closeAfterMs = 0 } = more;
      const reconnectTime =
        reconnectAfterMs && new Date(Date.now() + reconnectAfterMs).toISOString();
      const details = [{ errorType, reconnectType, ...(reconnectTime && { reconnectTime }) }];
      frame({ error: { code, message: errorType, details } });
      setTimeout(() => socket.close(1000), closeAfterMs);
    };
    const desk: Desk = {
      session,
      socket,
      knobs,
      address,
      told: note,
      unknown: puzzled,
      // What is said after a reconnect goes to the newest socket.
      send: (result) => {
        const to = session.socket ?? socket;
        if (to.readyState === to.OPEN) to.send(JSON.stringify({ result }));
      },
      refuse,
      fails: (at) => {
        const { error } = knobs;
        if (error?.at !== at || error.times <= 0) return false;
        error.times -= 1;
        refuse(error.type, error.code, error.reconnect, error);
        return true;
      },
      drops: (when) => {
        const { drop } = knobs;
        if (drop?.when !== when || drop.times <= 0) return false;
        drop.times -= 1;
        if (drop.code === 1006) socket.terminate();
        else socket.close(drop.code);
        return true;
      },
    };
    const ping = setInterval(() => {
      if (session.capabilities['pingPongReport'] !== true) return;
      desk.send({
        packetId: { packetId: randomUUID() },
        timestamp: new Date().toISOString(),
        routing: { source: { type: 'WORLD' } },
        latencyReport: { pingPong: { type: 'PING', pingTimestamp: new Date().toISOString() } },
      });
    }, knobs.pingEveryMs);
    const now = setInterval(() => desk.fails('now') || desk.drops('now'), 50);
    let idle = setTimeout(() => socket.close(1000), knobs.idleAfterMs);
    socket.on('message', (data: Buffer) => {
      clearTimeout(idle);
      idle = setTimeout(() => socket.close(1000), knobs.idleAfterMs);
      try {
        const packet = JSON.parse(data.toString()) as Packet;
        if (!session.configured && packet.control?.action !== 'SESSION_CONFIGURATION') {
          refuse('SESSION_INVALID', 5, 'IMMEDIATE');
          return;
        }
        receive(desk, packet);
      } catch (thrown) {
        puzzled(`socket message: ${String(thrown)}`);
      }
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      note('socket close', { sessionId, code });
      clearInterval(ping);
      clearInterval(now);
      clearTimeout(idle);
      sockets.delete(socket);
      if (session.socket !== socket) return;
      session.socket = null;
      for (const control of session.answers.values()) control.abort();
      session.forget = setTimeout(() => sessions.delete(sessionId), knobs.forgetAfterMs);
      session.forget.unref();
    });
    const verdict = verdictOn(token);
    if (verdict !== 'valid') {
      refuse(`SESSION_TOKEN_${verdict.toUpperCase()}`, 16, 'IMMEDIATE');
    } else {
      if (!desk.fails('open')) desk.drops('open');
    }
  }

  function verdictOn(token: string): 'valid' | 'expired' | 'invalid' {
    if (knobs.token && knobs.token.times > 0) {
      knobs.token.times -= 1;
      return knobs.token.as;
    }
    return judge(token);
  }

  const closeAll = () => {
    for (const socket of sockets.keys()) socket.terminate();
    for (const stream of waiting) stream.destroy();
    for (const { forget } of sessions.values()) if (forget) clearTimeout(forget);
    sessions.clear();
  };
  return {
    address,
    told,
    knobs,
    unknown,
    running: () => [
      ...Array.from(sockets.values(), (id) => `socket of ${id}`),
      ...Array.from(waiting, () => 'socket on its way'),
    ],
    async reset() {
      closeAll();
      told.length = 0;
      unknown.length = 0;
      Object.assign(knobs, defaults);
    },
    async close() {
      closeAll();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
