import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { until, within } from '@/tests/e2e/until';
import { createPeer, type Peer, type PeerOptions } from '@/tests/emulators/media/peer';
import { createVoice } from '@/tests/emulators/media/voice';
import { createClient, type Client, type Section } from '@/tests/unit/emulators/client';
import { amplitude, sine } from '@/tests/unit/emulators/hearing';

const voice = createVoice({ force: 'stand-in' });
const long = 'A sentence that takes some seconds to say, so that there is time to cut it short.';

const ended: (() => void)[] = [];
afterEach(() => ended.splice(0).forEach((end) => end()));

/** A client in a call with a peer, both closed after the test. */
async function call(
  options: PeerOptions = {},
  sections: readonly Section[] = ['audio', 'video'],
  how: { trickle?: boolean; direction?: 'recvonly' | 'sendrecv' } = {},
): Promise<{ client: Client; peer: Peer }> {
  const client = createClient(sections, how.direction);
  const { connection } = client;
  const peer = createPeer({
    ...options,
    onCandidate: (candidate) => {
      // Candidates may be found before the client has the answer.
      if (!candidate || !how.trickle) return;
      void until('the answer', () => connection.remoteDescription).then(() =>
        connection.addIceCandidate(candidate),
      );
    },
  });
  ended.push(() => {
    client.close();
    peer.close();
  });
  await client.call(peer, { trickle: how.trickle ?? false });
  await until(
    'both connected',
    () => connection.connectionState === 'connected' && peer.state === 'connected',
  );
  return { client, peer };
}

describe('whatever a client offers, it gets one stream with a face and a voice', () => {
  test.each<[string, Section[], 'recvonly' | 'sendrecv']>([
    ['audio and video to receive, and a channel', ['channel', 'audio', 'video'], 'recvonly'],
    ['audio and video', ['audio', 'video'], 'sendrecv'],
    ['a microphone as well', ['microphone', 'audio', 'video'], 'sendrecv'],
    ['microphone and camera as well', ['microphone', 'camera', 'audio', 'video'], 'sendrecv'],
    ['its microphone in the only audio section', ['microphone', 'video'], 'sendrecv'],
  ])('%s', async (_, sections, direction) => {
    const { client, peer } = await call({}, sections, { direction });
    expect(client.streams).toHaveLength(2);
    expect(new Set(client.streams).size).toBe(1);
    expect(client.streams).not.toContain('none');
    void peer.say(await voice.speak(long));
    await until(
      'pictures and a voice',
      () => client.frames.count > 5 && client.heard.level() > 0.02,
    );
  });

  test.each([true, false])('with candidates sent one by one: %s', async (trickle) => {
    const { client } = await call({}, ['audio', 'video'], { trickle });
    await until('pictures', () => client.frames.count > 3);
  });

  test('the answer given at once holds all there is to know of us', async () => {
    const client = createClient(['audio', 'video']);
    const peer = createPeer();
    ended.push(client.close, peer.close);
    await client.call(peer, { trickle: false });
    expect(client.connection.remoteDescription?.sdp).toMatch(/^a=candidate:.* udp .* typ host/mu);
  });
});

describe('speaking', () => {
  test('silence, then a voice as long as the words, then silence; told at both ends', async () => {
    const told: string[] = [];
    const { client, peer } = await call({
      onStart: ({ text }) => told.push(`start ${text}`),
      onEnd: ({ text }, outcome) => told.push(`${outcome} ${text}`),
    });
    await until('pictures', () => client.frames.count > 0);
    expect(client.heard.level()).toBeLessThan(0.002);
    const utterance = await voice.speak('Hello.');
    const began = performance.now();
    expect(await peer.say(utterance)).toBe('finished');
    expect(Math.abs(performance.now() - began - utterance.durationMs)).toBeLessThan(500);
    expect(told).toEqual(['start Hello.', 'finished Hello.']);
    await until('silence', () => client.heard.level() < 0.002);
  });

  test('one thing after the other', async () => {
    const told: string[] = [];
    const { peer } = await call({ onStart: ({ text }) => told.push(text) });
    const [one, two] = [await voice.speak('One.'), await voice.speak('Two.')];
    await Promise.all([peer.say(one), peer.say(two)]);
    expect(told).toEqual(['One.', 'Two.']);
  });

  test('cut short, it falls silent and drops what was still to be said', async () => {
    const { client, peer } = await call();
    const said = [peer.say(await voice.speak(long)), peer.say(await voice.speak('And more.'))];
    await until('a voice', () => client.heard.level() > 0.02);
    peer.hush();
    expect(peer.saying).toBeNull();
    expect(await Promise.all(said)).toEqual(['hushed', 'hushed']);
    await until('silence', () => client.heard.level() < 0.002, 2000);
  });

  test('pictures go on at their rate while nothing is said', async () => {
    const { client } = await call({ rate: 25 });
    await until('the first', () => client.frames.count > 0);
    const [count, at] = [client.frames.count, performance.now()];
    await until('two seconds', () => performance.now() - at > 2000);
    const rate = (client.frames.count - count) / 2;
    expect(rate).toBeGreaterThan(12);
    expect(rate).toBeLessThan(30);
  });
});

test('what the microphone sends arrives, and can be forgotten', async () => {
  const { client, peer } = await call({}, ['microphone', 'audio', 'video']);
  client.speak(sine(500, 48_000, 1));
  await until('a second of it', () => peer.heard.sound().pcm.length > 48_000);
  const { pcm, rate } = peer.heard.sound();
  expect(rate).toBe(48_000);
  expect(amplitude(pcm.slice(-24_000), rate, 500)).toBeGreaterThan(5000);
  expect(peer.heard.level()).toBeGreaterThan(0.1);
  peer.heard.reset();
  expect(peer.heard.sound().pcm.length).toBeLessThan(9600);
});

test('a channel made by the client carries words both ways', async () => {
  const told: string[] = [];
  const options: PeerOptions = {
    onDataChannel: (channel) => {
      channel.addEventListener('message', ({ data }) =>
        channel.send(`${channel.label}: ${String(data)}`),
      );
    },
  };
  const client = createClient(['audio', 'video']);
  const channel = client.connection.createDataChannel('message', { protocol: 'message' });
  channel.addEventListener('message', ({ data }) => told.push(String(data)));
  const peer = createPeer(options);
  ended.push(client.close, peer.close);
  await client.call(peer, { trickle: false });
  await until('the channel', () => channel.readyState === 'open');
  channel.send('ping');
  await until('its answer', () => told.length > 0);
  expect(told).toEqual(['message: ping']);
});

test('a size asked for is the size of the pictures', async () => {
  const { client, peer } = await call();
  await until('pictures', () => client.frames.last?.width === 320);
  peer.resize(400, 300);
  await until('larger pictures', () => client.frames.last?.width === 400);
  expect(client.frames.last).toEqual({ width: 400, height: 300 });
});

describe('faults', () => {
  test('pictures that freeze, and move again', async () => {
    const { client, peer } = await call();
    await until('pictures', () => client.frames.count > 3);
    peer.freeze();
    const { count } = client.frames;
    void peer.say(await voice.speak(long));
    await until('a voice without pictures', () => client.heard.level() > 0.02);
    expect(client.frames.count - count).toBeLessThan(4);
    expect(peer.state).toBe('connected');
    peer.thaw();
    await until('pictures again', () => client.frames.count > count + 6);
  });

  test('media that never comes', async () => {
    const { client, peer } = await call({ silent: true });
    expect(await peer.say(await voice.speak('Hello.'))).toBe('finished');
    expect(client.frames.count).toBe(0);
    expect(client.heard.level()).toBe(0);
  });

  test('a network that is gone and comes back', async () => {
    const { client, peer } = await call({ cuttable: true }, ['audio', 'video'], { trickle: true });
    const { connection, frames } = client;
    await until('pictures', () => frames.count > 3);
    peer.cut();
    const { count } = frames;
    await until('the loss', () => connection.connectionState === 'disconnected');
    expect(frames.count - count).toBeLessThan(4);
    peer.mend();
    await until('the way back', () => connection.connectionState === 'connected');
    await until('pictures again', () => frames.count > count + 5);
  }, 40_000);

  test('a peer that is gone in the middle of a word, without a good-bye', async () => {
    const states: string[] = [];
    const client = createClient(['audio', 'video']);
    const channel = client.connection.createDataChannel('message');
    const peer = createPeer({ cuttable: true, onState: (state) => states.push(state) });
    ended.push(client.close, peer.close);
    await client.call(peer, { trickle: false });
    await until('the channel', () => channel.readyState === 'open');
    const saying = peer.say(await voice.speak(long));
    await until('a voice', () => client.heard.level() > 0.02);
    peer.kill();
    expect(await saying).toBe('hushed');
    await until('the loss', () => client.connection.connectionState === 'disconnected');
    expect(channel.readyState).toBe('open');
    expect(states).not.toContain('closed');
  }, 30_000);
});

describe('closing', () => {
  test('twice is once, and nothing is said after it', async () => {
    const { client, peer } = await call();
    await until('pictures', () => client.frames.count > 0);
    const saying = peer.say(await voice.speak(long));
    peer.close();
    peer.close();
    expect(await saying).toBe('hushed');
    expect(await peer.say(await voice.speak('Hello.'))).toBe('hushed');
    expect(peer.state).toBe('closed');
  });

  test.each(['close', 'kill'] as const)(
    'a candidate that comes as it does so (%s) changes nothing',
    async (end) => {
      const { peer } = await call();
      const candidate = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0' };
      const adding = peer.addCandidate(candidate);
      peer[end]();
      await expect(adding).resolves.toBeUndefined();
      await expect(peer.addCandidate(candidate)).resolves.toBeUndefined();
    },
  );

  test('no timer is left', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;
    const before = timers();
    const { client, peer } = await call();
    await until('its timers', () => timers() > before);
    client.close();
    peer.close();
    await until('as few timers as before', () => timers() <= before);
  });

  test('a program that did nothing else comes to its end by itself, and well', async () => {
    const program = `
      import { createPeer } from './tests/emulators/media/peer.ts';
      import { createClient } from './tests/unit/emulators/client.ts';
      const [client, peer] = [createClient(['microphone', 'audio', 'video']), createPeer()];
      await client.call(peer, { trickle: false });
      while (client.frames.count === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      client.close();
      peer.close();
    `;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { stdio: 'inherit' },
    );
    ended.push(() => child.kill());
    expect(await within('its end', once(child, 'exit'))).toEqual([0, null]);
  }, 20_000);
});
