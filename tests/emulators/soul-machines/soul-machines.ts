import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Emulator, Told } from '../emulator.ts';
import { createVoice } from '../media/voice.ts';
import { apiKey, check } from './account.ts';
import { converse } from './control.ts';
import { answerHttp } from './doors.ts';
import { sober, type Deed, type SoulMachinesKnobs } from './knobs.ts';
import { createSession, serverName, type Session } from './session.ts';
import { record, type World } from './world.ts';

/** The knobs, and one that is a button: what is put there is done at once. */
export type SoulMachinesControls = SoulMachinesKnobs & { now: Deed | null };

export interface SoulMachinesEmulator extends Emulator<SoulMachinesControls> {
  /** What an operator would be given instead of a signing key. */
  readonly apiKey: string;
}

/**
 * Soul Machines on loopback: token server (`GET /token`), the maker's own for API keys
 * (`GET /api/auth`), session server, and a customer's conversation server (`/control`).
 */
export async function startSoulMachines(): Promise<SoulMachinesEmulator> {
  const told: Told[] = [];
  const unknown: string[] = [];
  const sessions = new Set<Session>();
  const held = new Set<Duplex>();
  const knobs: SoulMachinesControls = {
    ...sober,
    get now() {
      return null;
    },
    set now(deed) {
      if (deed) for (const session of sessions) session.do(deed);
    },
  };
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const host = `127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  const world: World = { knobs, told, unknown, host, memories: new Map() };
  const voice = createVoice();
  const sockets = new WebSocketServer({ noServer: true });

  server.on('request', (request, response) => void answerHttp(world, request, response));
  server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head));

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${host}`);
    const token = searchParams.get('access_token') ?? '';
    record(world, `socket ${pathname}`, {});
    const refuse = (status: number) =>
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    socket.on('error', () => undefined);
    if (pathname === '/control') {
      if (knobs.control === 'refuses') refuse(403);
      else sockets.handleUpgrade(request, socket, head, (control) => converse(world, control));
      return;
    }
    if (pathname !== '/' && pathname !== `/server/${serverName}`) {
      unknown.push(`socket ${pathname}`);
      refuse(404);
      return;
    }
    if (knobs.upgrade === 'never') {
      held.add(socket);
      socket.on('close', () => held.delete(socket));
      return;
    }
    if (typeof knobs.upgrade === 'number') {
      refuse(knobs.upgrade);
      return;
    }
    const named = await check(token).catch(() => 'bad');
    sockets.handleUpgrade(request, socket, head, (client) => {
      // As the maker's documentation has it: a token it does not like finds no scene.
      const gone = named !== null && named !== 'bad' && !world.memories.has(named);
      if (named === 'bad' || gone) {
        const reason = gone ? 'noSessionToResume' : 'noScene';
        client.send(
          JSON.stringify({ category: 'webrtc', kind: 'event', name: 'close', body: { reason } }),
        );
        client.close();
        return;
      }
      const session: Session = createSession(world, client, voice, {
        resumed: named,
        over: () => sessions.delete(session),
      });
      sessions.add(session);
    });
  }

  const hangUp = () => {
    for (const session of sessions) session.close();
    for (const socket of held) socket.destroy();
    for (const client of sockets.clients) client.terminate();
  };
  return {
    address: `http://${host}`,
    apiKey: apiKey(`http://${host}`),
    told,
    unknown,
    knobs,
    running: () => [...sessions].flatMap(({ running }) => running),
    async reset() {
      hangUp();
      Object.assign(knobs, sober);
      told.length = 0;
      unknown.length = 0;
      world.memories.clear();
    },
    async close() {
      hangUp();
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
