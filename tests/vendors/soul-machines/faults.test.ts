import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '@/lib/errors';
import type { Limits } from '@/lib/providers/soul-machines/limits';
import type { SoulMachinesGrant } from '@/lib/session/provider';
import type {
  SoulMachinesControls,
  SoulMachinesEmulator,
} from '@/tests/emulators/soul-machines/soul-machines';
import {
  avatar,
  closeAvatars,
  grantFrom,
  keyOf,
  until,
  type Emulated,
} from '@/tests/vendors/soul-machines/avatar';
import { watchLeftovers, type Leftovers } from '@/tests/vendors/soul-machines/leftovers';
import { startVendor } from '@/tests/vendors/vendor';

type Knobs = Partial<SoulMachinesEmulator['knobs']>;

const question = 'What lives in a tide pool?';
/** Impatient, so that no test waits as long as a reader would. */
const impatient: Partial<Limits> = { connect: 1200, picture: 800, pause: 50 };

let vendor: Emulated;
let leftovers: Leftovers;
beforeAll(async () => {
  vendor = await startVendor<SoulMachinesControls>('soul-machines');
});
beforeEach(() => {
  leftovers = watchLeftovers();
});
afterEach(async () => {
  await closeAvatars();
  await until('nothing being left', () => leftovers.running().length === 0);
  leftovers.stop();
  expect(await vendor.unknown()).toEqual([]);
  await vendor.reset();
});
afterAll(() => vendor.stop());

async function refused(grant: SoulMachinesGrant, limits: Partial<Limits> = impatient) {
  const subject = avatar(grant, { limits });
  const began = performance.now();
  const error: unknown = await subject.open().catch((thrown: unknown) => thrown);
  expect(leftovers.running()).toEqual([]);
  expect(subject.of('ended')).toEqual([]);
  return { code: isAppError(error) ? error.code : error, took: performance.now() - began };
}

describe('opening', () => {
  it.each<[string, Knobs, string]>([
    ['the upgrade is refused', { upgrade: 503 }, 'vendor_unreachable'],
    ['the upgrade is forbidden', { upgrade: 401 }, 'vendor_unreachable'],
    ['nobody answers', { upgrade: 'never' }, 'vendor_unreachable'],
    ['everything takes half a minute', { slow: 30_000 }, 'vendor_busy'],
    ['it is silent after the upgrade', { silentAt: 'open' }, 'vendor_busy'],
    ['it is silent after the offer', { silentAt: 'established' }, 'vendor_failed'],
    ['it never answers the offer', { silentAt: 'accepted' }, 'vendor_media'],
    ['it keeps the answer', { silentAt: 'answer' }, 'vendor_media'],
    ['it never says it is connected', { silentAt: 'connected' }, 'vendor_media'],
    ['the token is forged', { token: 'forged' }, 'vendor_busy'],
    ['the token is not valid yet', { token: 'early' }, 'vendor_busy'],
    ['the token has run out', { token: 'expired' }, 'vendor_expired'],
    ['no avatar is free', { refuseAt: { stage: 'open', reason: 'noScene' } }, 'vendor_busy'],
    [
      'it times out',
      { refuseAt: { stage: 'established', reason: 'sessionTimeout' } },
      'vendor_expired',
    ],
    [
      'the quota is used up',
      { refuseAt: { stage: 'accepted', reason: 'quotaExceeded' } },
      'vendor_quota',
    ],
    [
      'it says a word nobody knows',
      { refuseAt: { stage: 'answer', reason: 'moonrise' } },
      'vendor_failed',
    ],
    ['it is closed cleanly at once', { closeAt: { stage: 'open', code: 1000 } }, 'vendor_failed'],
    ['it is closed for the token', { closeAt: { stage: 'open', code: 1008 } }, 'vendor_refused'],
    [
      'it is closed after the offer',
      { closeAt: { stage: 'established', code: 1011 } },
      'vendor_failed',
    ],
    ['it is closed when accepted', { closeAt: { stage: 'accepted', code: 1000 } }, 'vendor_failed'],
    [
      'it is closed before the answer',
      { closeAt: { stage: 'answer', code: 4403 } },
      'vendor_refused',
    ],
    [
      'it is closed at the last moment',
      { closeAt: { stage: 'connected', code: 1001 } },
      'vendor_failed',
    ],
    ['it is to be tried later', { closeAt: { stage: 'open', code: 1013 } }, 'vendor_busy'],
    ['media find no way', { media: 'unreachable' }, 'vendor_media'],
    ['media never come', { media: 'none' }, 'vendor_media'],
    [
      'the relayed conversation refuses',
      { control: 'refuses', silentAt: 'answer' },
      'vendor_failed',
    ],
  ])('when %s, says so and leaves nothing', async (_, knobs, code) => {
    await vendor.turn(knobs);
    const outcome = await refused(await grantFrom(vendor));
    expect(outcome.code).toBe(code);
    expect(outcome.took).toBeLessThan(4500);
  });

  it.each<[string, Knobs, string]>([
    ['the key is refused', { credentials: 401 }, 'vendor_refused'],
    ['there is no more money', { credentials: 402 }, 'vendor_quota'],
    ['nobody knows the avatar', { credentials: 404 }, 'vendor_unknown'],
    ['there are too many', { credentials: 429 }, 'vendor_busy'],
    ['the key server has failed', { credentials: 500 }, 'vendor_failed'],
    ['somebody else lives there', { credentials: 'html' }, 'vendor_failed'],
    ['the key server never answers', { credentials: 'never' }, 'vendor_unreachable'],
  ])('by API key, when %s, says so and leaves nothing', async (_, knobs, code) => {
    const grant = await grantFrom(vendor, { credential: keyOf(vendor) });
    await vendor.turn(knobs);
    expect((await refused(grant)).code).toBe(code);
  });

  it.each([
    ['is none', 'not base64!'],
    ['names no server', btoa('{"soulId":"ada"}')],
    ['leads in clear to somebody', btoa('{"authServer":"http://keys.example/auth"}')],
  ])('refuses an API key that %s, without asking anybody', async (_, key) => {
    const grant = await grantFrom(vendor, { credential: { kind: 'api-key', key } });
    expect((await refused(grant)).code).toBe('vendor_refused');
    expect((await vendor.told()).map(({ what }) => what)).toEqual(['GET /token']);
  });

  it('takes the avatar that becomes free a moment later', async () => {
    await vendor.turn({ refuseAt: { stage: 'open', reason: 'noScene' }, refusals: 1 });
    const subject = avatar(await grantFrom(vendor), { limits: { pause: 50 } });
    await subject.open();
    expect(subject.of('video')).toEqual([{ type: 'video', state: 'shown' }]);
  });

  it('can be open twice, and each ends by itself', async () => {
    const [one, other] = [avatar(await grantFrom(vendor)), avatar(await grantFrom(vendor))];
    const [first] = await Promise.all([one.open(), other.open()]);
    await first.close();
    expect(one.of('ended')).toHaveLength(1);
    expect(other.of('ended')).toEqual([]);
  });
});

describe('a live session', () => {
  const live = async (knobs: Knobs = {}, limits: Partial<Limits> = {}) => {
    await vendor.turn(knobs);
    const subject = avatar(await grantFrom(vendor), { limits });
    return { subject, connection: await subject.open() };
  };
  const lost = { by: 'error', error: { code: 'vendor_lost' } };

  it.each<[string, Knobs['now'], object]>([
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
    const { subject } = await live();
    await vendor.turn({ now: now ?? null });
    await until('its end', () => subject.of('ended').length > 0);
    expect(subject.of('ended')).toMatchObject([{ ending }]);
    expect(subject.events.at(-1)?.type).toBe('ended');
  });

  it.each(['before', 'during', 'after'] as const)(
    'leaves no word hanging when the line drops %s the first answer',
    async (dropTurn) => {
      const { subject, connection } = await live({ dropTurn, speech: 'quick' });
      await connection.ask(question, null).catch(() => undefined);
      await until('its end', () => subject.of('ended').length > 0);
      expect(subject.of('ended')).toMatchObject([{ ending: lost }]);
      const said = subject.of('said');
      expect(said.filter(({ final }) => final)).toHaveLength(dropTurn === 'before' ? 0 : 1);
      expect(subject.of('speaking').at(-1)?.who ?? null).toBe(null);
    },
  );

  it('ends when the peer has hung up, after it was down for a while', async () => {
    const { subject } = await live({}, { down: 1000 });
    await vendor.turn({ now: { do: 'kill peer' } });
    await until('its end', () => subject.of('ended').length > 0, 30_000);
    expect(subject.of('ended')).toMatchObject([{ ending: { by: 'error' } }]);
  });

  it('says when the line to the media is down, and when it is back', async () => {
    const { subject } = await live();
    const [peer] = leftovers.peers;
    // The network's part is played here: a browser reports it after many seconds only.
    for (const state of ['disconnected', 'connected']) {
      Object.defineProperty(peer, 'connectionState', { configurable: true, get: () => state });
      peer?.dispatchEvent(new Event('connectionstatechange'));
    }
    const types = subject.events.map(({ type }) => type);
    expect(types.slice(types.indexOf('dropped'))).toEqual(['dropped', 'restored']);
  });

  it('says that its picture stands still, and that it moves again', async () => {
    const { subject } = await live({}, { stalled: 600 });
    await vendor.turn({ now: { do: 'freeze' } });
    await until('a stalled picture', () => subject.of('video').at(-1)?.state === 'stalled');
    await vendor.turn({ now: { do: 'thaw' } });
    await until('a moving picture', () => subject.of('video').at(-1)?.state === 'shown');
    expect(subject.of('ended')).toEqual([]);
  });

  it('gives up a picture that never moves again', async () => {
    const { subject } = await live({}, { stalled: 500, frozen: 1200 });
    await vendor.turn({ now: { do: 'freeze everything' } });
    await until('its end', () => subject.of('ended').length > 0);
    expect(subject.of('ended')).toMatchObject([
      { ending: { by: 'error', error: { code: 'vendor_media' } } },
    ]);
  });

  it.each<[string, Knobs, Partial<Limits>, string]>([
    ['no answer comes', { answers: 'not at all' }, { answer: 400 }, 'vendor_silent'],
    ['the conversation has failed', { answers: 'with an error' }, {}, 'vendor_answer'],
  ])('says so and goes on when %s', async (_, knobs, limits, code) => {
    const { subject, connection } = await live(knobs, limits);
    await connection.ask(question, null);
    await until('a failure', () => subject.of('failed').length > 0);
    expect(subject.of('failed')).toMatchObject([{ error: { code } }]);
    await vendor.turn({ answers: 'well', speech: 'quick' });
    await connection.ask(question, null);
    await until('an answer', () => subject.of('said').some(({ final }) => final));
  });

  it('cuts an answer that never ends', async () => {
    const { subject, connection } = await live(
      { answers: 'endlessly', speech: 'quick' },
      { speech: 300 },
    );
    await connection.ask('Why?', null);
    await until('its end', () => subject.of('said').some(({ final }) => final), 20_000);
    expect(subject.of('said').at(-1)).toMatchObject({ cut: true });
    expect((await vendor.told()).map(({ what }) => what)).toContain('socket scene.stopSpeaking');
  });

  it('shows an answer that has words but no sound', async () => {
    const { subject, connection } = await live({ answers: 'in words only' }, { voice: 200 });
    await connection.ask(question, null);
    await until('its words', () => subject.of('said').some(({ final }) => final));
    expect(subject.of('said').at(-1)?.text).toContain('tide pool');
    expect(subject.of('failed')).toEqual([]);
  });

  it('takes an answer for an acknowledgement', async () => {
    const { subject, connection } = await live({ mute: true, speech: 'quick' });
    await connection.ask(question, null);
    await until('its answer', () => subject.of('said').some(({ final }) => final));
  });

  it('survives what is malformed, unknown, not whole, or a megabyte long', async () => {
    const { subject, connection } = await live({ odd: true, speech: 'quick' });
    await connection.ask('Show me cards', null);
    await until('its answer', () => subject.of('said').some(({ final }) => final));
    expect(subject.of('ended')).toEqual([]);
    expect(subject.of('failed')).toEqual([]);
  });

  it('goes on when the microphone is taken away', async () => {
    const { subject, connection } = await live({ speech: 'quick' });
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [track] = stream.getAudioTracks();
    if (!track) throw new Error('There is no microphone.');
    const ear = {
      track,
      mode: 'open' as const,
      onBlock: () => () => undefined,
      onSpeech: () => () => undefined,
    };
    await connection.hear?.(ear);
    track.stop();
    await connection.hear?.(null);
    await connection.ask(question, null);
    await until('its answer', () => subject.of('said').some(({ final }) => final));
  });
});
