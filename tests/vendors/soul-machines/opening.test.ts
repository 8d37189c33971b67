import { describe, expect, it, vi } from 'vitest';
import { isAppError } from '@/lib/errors';
import type { Limits } from '@/lib/providers/soul-machines/limits';
import type { SoulMachinesGrant } from '@/lib/session/provider';
import type { SoulMachinesKnobs } from '@/tests/emulators/soul-machines/knobs';
import { avatar, grantFrom, keyOf } from '@/tests/vendors/soul-machines/avatar';
import { until } from '@/tests/vendors/until';
import { hide } from '@/tests/vendors/soul-machines/hidden';
import { live } from '@/tests/vendors/soul-machines/live';
import { emulatedService } from '@/tests/vendors/soul-machines/service';

type Knobs = Partial<SoulMachinesKnobs>;

/** Impatient, so that no test waits as long as a reader would. */
const impatient: Partial<Limits> = { connect: 900, picture: 800, pause: 50 };

const service = emulatedService();

async function refused(grant: SoulMachinesGrant, limits: Partial<Limits> = impatient) {
  const subject = avatar(grant, { limits });
  const began = performance.now();
  const error: unknown = await subject.open().catch((thrown: unknown) => thrown);
  expect(service.leftovers.running()).toEqual([]);
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
    ['the token is not valid yet', { token: 'early' }, 'vendor_refused'],
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
    await service.vendor.turn(knobs);
    const outcome = await refused(await grantFrom(service.vendor));
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
    const grant = await grantFrom(service.vendor, { credential: keyOf(service.vendor) });
    await service.vendor.turn(knobs);
    expect((await refused(grant)).code).toBe(code);
  });

  it.each([
    ['is none', 'not base64!'],
    ['names no server', btoa('{"soulId":"ada"}')],
    ['leads in clear to somebody', btoa('{"authServer":"http://keys.example/auth"}')],
  ])('refuses an API key that %s, without asking anybody', async (_, key) => {
    const grant = await grantFrom(service.vendor, { credential: { kind: 'api-key', key } });
    expect((await refused(grant)).code).toBe('vendor_refused');
    expect((await service.vendor.told()).map(({ what }) => what)).toEqual(['GET /token']);
  });

  it.each([
    ['leads to no socket', { url: 'https://sessions.example' }],
    ['is empty', { jwt: '' }],
  ])('refuses a token that %s, without asking anybody', async (_, more) => {
    const { credential } = await grantFrom(service.vendor);
    const grant = await grantFrom(service.vendor, {
      credential: { ...credential, ...more } as never,
    });
    expect((await refused(grant)).code).toBe('vendor_refused');
    expect(service.leftovers.sockets).toEqual([]);
  });

  it('says that the token is none, where the service only says that nobody is free', async () => {
    const { credential } = await grantFrom(service.vendor);
    const grant = await grantFrom(service.vendor, {
      credential: { ...credential, jwt: 'x' } as never,
    });
    expect((await refused(grant)).code).toBe('vendor_refused');
  });

  it('needs a token no longer than until it is open', async () => {
    const began = performance.now();
    const { subject, answer } = await live(service.vendor, { token: 'brief' });
    await until('the token being over', () => performance.now() - began > 2000);
    expect(await answer('Are you still there?')).toContain('still there');
    expect(subject.of('ended')).toEqual([]);
  });

  it('asks for an avatar three times, and no more', async () => {
    await service.vendor.turn({ refuseAt: { stage: 'open', reason: 'noScene' } });
    await refused(await grantFrom(service.vendor));
    expect(await service.told('socket /')).toHaveLength(3);
  });

  it('says each step, and how far it is', async () => {
    const { subject } = await live(service.vendor);
    expect(subject.of('progress')).toMatchObject([
      { step: 'loading', percent: null },
      { step: 'connecting', percent: 25 },
      { step: 'preparing', percent: 50 },
      { step: 'media', percent: 75 },
      { step: 'media', percent: 100 },
    ]);
  });

  it('asks for no device', async () => {
    const { mediaDevices } = navigator;
    const capture = vi.spyOn(mediaDevices, 'getUserMedia');
    await live(service.vendor);
    expect(capture).not.toHaveBeenCalled();
    capture.mockRestore();
  });

  it('opens in a panel nobody looks at', async () => {
    const show = hide();
    const { answer } = await live(service.vendor);
    expect(await answer('Is it dark?')).toContain('is it dark');
    show();
  });

  it('takes the avatar that becomes free a moment later', async () => {
    await service.vendor.turn({ refuseAt: { stage: 'open', reason: 'noScene' }, refusals: 1 });
    const subject = avatar(await grantFrom(service.vendor), { limits: { pause: 50 } });
    await subject.open();
    expect(subject.of('video')).toEqual([{ type: 'video', state: 'shown' }]);
  });

  it('can be open twice, and each ends by itself', async () => {
    const [one, other] = [
      avatar(await grantFrom(service.vendor)),
      avatar(await grantFrom(service.vendor)),
    ];
    const [first] = await Promise.all([one.open(), other.open()]);
    await first.close();
    expect(one.of('ended')).toHaveLength(1);
    expect(other.of('ended')).toEqual([]);
  });
});
