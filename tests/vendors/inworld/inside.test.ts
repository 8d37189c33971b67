import { live } from './live';
import { InworldClient } from '@inworld/web-core';
import { version } from '@inworld/web-core/package.json';
import { expect, it } from 'vitest';
import { build } from '@/lib/providers/inworld/inside';

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
    let found: unknown = service;
    for (const name of path) found = Reflect.get(Object(found), name);
    expect(found, path.join('.')).not.toBe(undefined);
  }
  await service.close();
  await inside.context?.close();
  inside.element?.remove();
  expect(live()).toEqual([]);
});
