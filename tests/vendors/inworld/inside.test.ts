import { live } from './live';
import { InworldClient } from '@inworld/web-core';
import { version } from '@inworld/web-core/package.json';
import { expect, it } from 'vitest';
import { clientFor } from '@/lib/providers/inworld/client';
import { build } from '@/lib/providers/inworld/inside';
import type { InworldGrant } from '@/lib/session/provider';
import { realTiming } from '@/lib/session/timing';

it('1 and 11: the SDK neither opens a line by itself nor closes one that is quiet', async () => {
  const { service, inside } = build(
    clientFor(
      {
        grant: nobody,
        stage: document.createElement('div'),
        history: [],
        resume: null,
        signal: new AbortController().signal,
        emit: () => undefined,
      },
      { timing: realTiming, token: 1000, signal: new AbortController().signal },
    ),
    () => undefined,
  );
  const connection: unknown = at(service, ['connection', 'config', 'connection']);
  expect(connection).toMatchObject({ autoReconnect: false, gateway: nobody.gateway });
  expect(connection).not.toHaveProperty('disconnectTimeout');
  await service.close();
  await inside.context?.close();
  inside.element?.remove();
  expect(live()).toEqual([]);
});

it('finds everything the SDK keeps to itself; another version may have moved it', async () => {
  const { service, inside } = build(
    new InworldClient()
      .setScene('workspaces/lighthouse/scenes/lamp_room')
      .setConfiguration({ connection: { autoReconnect: false } })
      .setGenerateSessionToken(() => Promise.reject(new Error('nobody'))),
    () => undefined,
  );
  expect(version).toBe('2.10.0');
  expect(inside.context).toBeInstanceOf(AudioContext);
  expect(inside.gain).toBeInstanceOf(GainNode);
  expect(inside.element).toBeInstanceOf(HTMLAudioElement);
  for (const path of [
    ['connection', 'packetsInProgress'],
    ['connection', 'history', 'conversationItems'],
    ['connection', 'connection', 'combineWebSocket'],
    ['connection', 'connection', 'onError'],
    ['connection', 'connection', 'connectionProps', 'onDisconnect'],
    ['connection', 'connectionProps', 'webRtcLoopbackBiDiSession', 'startSession'],
    ['connection', 'conversations'],
    ['sessionState', 'clearAutoSaveInterval'],
  ]) {
    expect(at(service, path), path.join('.')).not.toBe(undefined);
  }
  await service.close();
  await inside.context?.close();
  inside.element?.remove();
  expect(live()).toEqual([]);
});

function at(owner: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), owner);
}

const nobody: InworldGrant = {
  provider: 'inworld',
  token: { token: 'none', type: 'Bearer', sessionId: 'none', expirationTime: '2000-01-01' },
  freshToken: () => Promise.reject(new Error('nobody')),
  gateway: { hostname: '127.0.0.1:1', ssl: false },
  scene: 'workspaces/lighthouse/scenes/lamp_room',
  reader: { name: null, fields: [] },
  iceServers: [],
  forceRelay: false,
  volume: 1,
  muted: false,
  language: 'en',
};
