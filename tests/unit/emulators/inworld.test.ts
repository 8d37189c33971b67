import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createInworld } from '@/broker/vendors/inworld';
import type { Emulator } from '@/tests/emulators/emulator';
import { account } from '@/tests/emulators/inworld/account';
import { startInworld } from '@/tests/emulators/inworld/inworld';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';

let gateway: Emulator<InworldKnobs>;
beforeAll(async () => {
  gateway = await startInworld();
});
afterEach(() => gateway.reset());
afterAll(() => gateway.close());

const need = { now: new Date(), endsAt: new Date(Date.now() + 60_000) };

function broker(form: 'session-tokens' | 'engine', secret: string = account.secret) {
  return createInworld({
    key: account.key,
    secret,
    form,
    workspace: account.workspace,
    api_url: gateway.address,
    gateway: { hostname: new URL(gateway.address).host, ssl: false },
    personas: [
      {
        id: 'wenna',
        name: 'Wenna',
        languages: ['en'],
        scene: 'workspaces/lighthouse/scenes/lamp_room',
      },
    ],
  });
}

/** What the gateway says first to somebody with that token. */
async function greeting(token: string): Promise<unknown> {
  const socket = new WebSocket(
    `${gateway.address.replace('http', 'ws')}/v1/session/open?session_id=lighthouse:x`,
    ['Bearer', token],
  );
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString())));
      socket.on('open', () => {
        const world = { source: { type: 'PLAYER' }, target: { type: 'WORLD' } };
        const say = (body: object) =>
          socket.send(JSON.stringify({ packetId: { packetId: 'p' }, routing: world, ...body }));
        say({ control: { action: 'SESSION_CONFIGURATION', sessionConfiguration: {} } });
        say({ mutation: { loadScene: { name: 'workspaces/lighthouse/scenes/lamp_room' } } });
      });
    });
  } finally {
    socket.close();
  }
}

describe('the emulated gateway', () => {
  it.each(['session-tokens', 'engine'] as const)(
    'hands our broker a token that opens a socket (%s)',
    async (form) => {
      const { grant } = await broker(form).open('wenna', need);
      const { value } = grant.credential as { value: string };
      expect(await greeting(value)).toMatchObject({
        result: { control: { action: 'CURRENT_SCENE_STATUS' } },
      });
      expect(gateway.unknown).toEqual([]);
    },
  );

  it('refuses a signature made with another secret', async () => {
    await expect(broker('engine', 'another').open('wenna', need)).rejects.toThrow();
  });

  it('refuses a token it did not make, in words and not at the door', async () => {
    expect(await greeting('a.b.c')).toMatchObject({
      error: { details: [{ errorType: 'SESSION_TOKEN_INVALID' }] },
    });
  });

  it('remembers calls it does not know', async () => {
    const answer = await fetch(`${gateway.address}/v1/nothing`);
    expect(answer.status).toBe(404);
    expect(gateway.unknown).toEqual(['GET /v1/nothing']);
  });
});
