import { expect, it } from 'vitest';
import type { Limits } from '@/lib/providers/soul-machines/limits';
import type { Deed, SoulMachinesKnobs } from '@/tests/emulators/soul-machines/knobs';
import { until } from '@/tests/vendors/until';
import { hide } from '@/tests/vendors/soul-machines/hidden';
import { live } from '@/tests/vendors/soul-machines/live';
import { emulatedService } from '@/tests/vendors/soul-machines/service';

/* What may befall a live session. That each of them leaves nothing is looked at after every test. */
const service = emulatedService();
const lost = { by: 'error', error: { code: 'vendor_lost' } };

it.each<[string, Deed, object]>([
  ['the socket drops', { do: 'drop' }, lost],
  ['the socket is closed', { do: 'close', code: 1000 }, lost],
  ['the socket goes away', { do: 'close', code: 1001 }, lost],
  ['the socket is closed by policy', { do: 'close', code: 1008 }, lost],
  ['the socket is closed by an error', { do: 'close', code: 1011 }, lost],
  ['the socket is closed by a code of their own', { do: 'close', code: 4999 }, lost],
  ['nobody spoke for long', { do: 'bye', reason: 'sessionTimeout' }, { by: 'limit' }],
  ['the conversation is over', { do: 'bye', reason: 'conversationEnded' }, { by: 'avatar' }],
  ['it says goodbye', { do: 'bye', reason: 'normal' }, { by: 'avatar' }],
  ['it says what nobody knows', { do: 'bye', reason: 'moonrise' }, lost],
  [
    'the quota is used up',
    { do: 'bye', reason: 'quota used up' },
    { by: 'error', error: { code: 'vendor_quota' } },
  ],
])('ends when %s', async (_, now, ending) => {
  const { subject } = await live(service.vendor);
  await service.vendor.turn({ now });
  await until('its end', () => subject.of('ended').length > 0);
  expect(subject.of('ended')).toMatchObject([{ ending }]);
  expect(subject.events.at(-1)?.type).toBe('ended');
});

it.each(['before', 'during', 'after'] as const)(
  'leaves no word hanging when the line drops %s the first answer',
  async (dropTurn) => {
    const { subject, connection } = await live(service.vendor, { dropTurn });
    await connection.ask('Why?', null).catch(() => undefined);
    await until('its end', () => subject.of('ended').length > 0);
    expect(subject.of('ended')).toMatchObject([{ ending: lost }]);
    const said = subject.of('said');
    expect(said.filter(({ final }) => final)).toHaveLength(dropTurn === 'before' ? 0 : 1);
    expect(subject.of('speaking').at(-1)?.who ?? null).toBe(null);
  },
);

it('ends when the conversation relayed by the browser drops', async () => {
  const { subject } = await live(service.vendor, { control: 'drops' });
  await until('its end', () => subject.of('ended').length > 0);
  expect(subject.of('ended')).toMatchObject([{ ending: lost }]);
});

it('says when the line to the media is down, and when it is back', async () => {
  const { subject, answer } = await live(service.vendor, { media: 'cuttable' });
  await service.vendor.turn({ now: { do: 'cut' } });
  await until('the line being down', () => subject.of('dropped').length > 0);
  await service.vendor.turn({ now: { do: 'mend' } });
  await until('the line being back', () => subject.of('restored').length > 0);
  expect(await answer('Are you still there?')).toContain('still there');
});

it('ends when the line to the media has been down for a while', async () => {
  const { subject } = await live(service.vendor, {}, { limits: { down: 200 } });
  play('disconnected');
  expect(subject.of('dropped')).toHaveLength(1);
  await until('its end', () => subject.of('ended').length > 0);
  expect(subject.of('ended')).toMatchObject([{ ending: lost }]);
});

it('ends at once when the line to the media has failed', async () => {
  const { subject } = await live(service.vendor);
  play('failed');
  await until('its end', () => subject.of('ended').length > 0);
  expect(subject.of('ended')).toMatchObject([{ ending: lost }]);
});

it('says that its picture stands still, and that it moves again', async () => {
  const { subject } = await live(service.vendor, {}, { limits: { stalled: 600 } });
  await service.vendor.turn({ now: { do: 'freeze' } });
  await until('a stalled picture', () => subject.of('video').at(-1)?.state === 'stalled');
  await service.vendor.turn({ now: { do: 'thaw' } });
  await until('a moving picture', () => subject.of('video').at(-1)?.state === 'shown');
  expect(subject.of('ended')).toEqual([]);
});

it('gives up a picture that never moves again', async () => {
  const { subject } = await live(service.vendor, {}, { limits: { stalled: 500, frozen: 1200 } });
  await service.vendor.turn({ now: { do: 'freeze everything' } });
  await until('its end', () => subject.of('ended').length > 0);
  expect(subject.of('ended')).toMatchObject([
    { ending: { by: 'error', error: { code: 'vendor_media' } } },
  ]);
});

it('goes on in a hidden panel, where pictures may stand still and words may be spoken', async () => {
  const { subject, connection, finals, answer } = await live(
    service.vendor,
    { speech: 'aloud' },
    { limits: { stalled: 300, frozen: 600 } },
  );
  await connection.ask('Why?', null);
  await until('speaking', () => subject.of('said').length > 0);
  const show = hide();
  await service.vendor.turn({ now: { do: 'freeze' } });
  const began = performance.now();
  await until('a long minute', () => performance.now() - began > 1300);
  await until('its words', () => finals().length > 0);
  show();
  await service.vendor.turn({ now: { do: 'thaw' }, speech: 'quick' });
  expect(await answer('Are you still there?')).toContain('still there');
  expect(subject.of('video')).toEqual([{ type: 'video', state: 'shown' }]);
  expect(finals()[0]?.cut).toBe(undefined);
  expect(await service.told('socket scene.stopSpeaking')).toEqual([]);
});

it.each<[string, Partial<SoulMachinesKnobs>, Partial<Limits>, string]>([
  ['no answer comes', { answers: 'not at all' }, { answer: 400 }, 'vendor_silent'],
  ['the conversation has failed', { answers: 'with an error' }, {}, 'vendor_answer'],
])('says so and goes on when %s', async (_, knobs, limits, code) => {
  const { subject, connection, answer } = await live(service.vendor, knobs, { limits });
  await connection.ask('Why?', null);
  await until('a failure', () => subject.of('failed').length > 0);
  expect(subject.of('failed')).toMatchObject([{ error: { code } }]);
  await service.vendor.turn({ answers: 'well' });
  expect(await answer('Why not?')).toContain('why not');
});

it('cuts an answer that never ends', async () => {
  const { subject, finals } = await live(
    service.vendor,
    { answers: 'endlessly' },
    { limits: { speech: 300 } },
  );
  await service.vendor.turn({ now: { do: 'say', text: 'Oh.' } });
  await until('its end', () => finals().length > 0);
  expect(finals()).toMatchObject([{ text: 'Oh.', cut: true }]);
  expect(subject.of('speaking').at(-1)?.who).toBe(null);
  expect(await service.told('socket scene.stopSpeaking')).toHaveLength(1);
});

it('shows an answer that has words but no sound', async () => {
  const { subject, answer } = await live(
    service.vendor,
    { answers: 'in words only' },
    { limits: { voice: 200 } },
  );
  expect(await answer('What lives in a tide pool?')).toContain('tide pool');
  expect(subject.of('failed')).toEqual([]);
});

it('takes an answer for an acknowledgement', async () => {
  const { answer } = await live(service.vendor, { mute: true });
  expect(await answer('Why?')).toContain('why');
});

it('waits no longer than it should for what is never acknowledged', async () => {
  const { connection } = await live(
    service.vendor,
    { mute: true, answers: 'not at all' },
    { limits: { request: 200 } },
  );
  await expect(connection.ask('Why?', null)).rejects.toMatchObject({ code: 'provider_timeout' });
});

it('refuses at once what is not acknowledged when it is closed', async () => {
  const { connection } = await live(service.vendor, { mute: true, answers: 'not at all' });
  const looking = connection.look?.(page).catch((error: unknown) => error);
  await until('it being asked', async () => {
    return (await service.told('socket scene.conversationSetVariables')).length > 0;
  });
  await connection.close();
  expect(await looking).toMatchObject({ code: 'aborted' });
});

it('survives what is malformed, unknown, not whole, or a megabyte long', async () => {
  const { subject, answer } = await live(service.vendor, { odd: true });
  expect(await answer('Show me cards')).toBe('Look at these cards.');
  expect(subject.of('ended')).toEqual([]);
  expect(subject.of('failed')).toEqual([]);
});

it('goes on when the microphone is taken away', async () => {
  const { connection, answer } = await live(service.vendor);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error('There is no microphone.');
  await connection.hear?.({
    track,
    mode: 'open',
    onBlock: () => () => undefined,
    onSpeech: () => () => undefined,
  });
  track.stop();
  expect(await answer('Can you hear me?')).toContain('hear me');
  await connection.hear?.(null);
  expect(await answer('And now?')).toContain('and now');
});

/** A browser takes many seconds to come to such a state: here its part is played. */
function play(state: RTCPeerConnectionState): void {
  const [peer] = service.leftovers.peers;
  Object.defineProperty(peer, 'connectionState', { get: () => state });
  peer?.dispatchEvent(new Event('connectionstatechange'));
}

const page = {
  url: 'https://sea.example/',
  title: 'Sea',
  language: 'en',
  selection: null,
  text: null,
};
