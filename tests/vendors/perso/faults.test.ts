import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '@/lib/errors';
import type { Limits } from '@/lib/providers/perso/limits';
import type { PersoKnobs } from '@/tests/emulators/perso/knobs';
import { countLeftovers, type Leftovers } from '@/tests/vendors/perso/leftovers';
import { watchStrays } from '@/lib/providers/perso/strays';
import { createPersoSession, startPerso, type Perso } from '@/tests/vendors/perso/perso';
import { until } from '@/tests/vendors/until';
import { answerIn, joinAsTheVendor, sit, type Sitting } from '@/tests/vendors/perso/table';

let perso: Perso;
let leftovers: Leftovers;
let open: Sitting[] = [];

beforeAll(async () => {
  perso = await startPerso();
});
beforeEach(async () => {
  await perso.reset();
  await perso.turn({ speech: 0.3 });
  leftovers = countLeftovers();
});
afterEach(async () => {
  for (const { connection, stage } of open) {
    await connection.close();
    stage.remove();
  }
  open = [];
  // A call that was given up is over a moment later.
  await until('nothing being left', () => leftovers.running().length === 0);
  leftovers.stop();
  expect(await perso.unknown()).toEqual([]);
});
afterAll(() => perso.stop());

async function take(seat?: Parameters<typeof sit>[1]): Promise<Sitting> {
  const sitting = await sit(perso, seat);
  open.push(sitting);
  return sitting;
}

describe('a session that cannot be had', () => {
  const faults: [string, Partial<PersoKnobs>, ErrorCode, Partial<Limits>?][] = [
    ['refuses the session', { connect: 'refuses' }, 'vendor_refused'],
    ['does not know it', { connect: 'unknown' }, 'vendor_expired'],
    ['is busy', { connect: 'busy' }, 'vendor_busy'],
    ['shows a gateway’s page', { connect: 'html' }, 'vendor_failed'],
    ['hangs up', { connect: 'drops' }, 'vendor_unreachable'],
    ['hangs up at the exchange', { connect: 'drops', connectAt: 'exchange' }, 'vendor_unreachable'],
    ['shows a page at the exchange', { connect: 'html', connectAt: 'exchange' }, 'vendor_failed'],
    ['is busy at the relays', { connect: 'busy', connectAt: 'ice-servers' }, 'vendor_busy'],
    ['has let it expire', { connect: 'expired' }, 'vendor_expired'],
    [
      'lets it expire at the exchange',
      { connect: 'expired', connectAt: 'ice-servers' },
      'vendor_expired',
    ],
    ['has no avatar left', { connect: 'MAX_ACTIVE_SESSION_QUOTA_EXCEEDED' }, 'vendor_busy'],
    ['has no minutes left', { connect: 'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED' }, 'vendor_quota'],
    ['broke', { connect: 'SESSION_MISC_ERROR' }, 'vendor_failed'],
    ['answers nonsense', { exchange: 'nonsense' }, 'vendor_failed'],
    ['cannot be reached by media', { exchange: 'unreachable' }, 'vendor_media', { ready: 400 }],
    ['sends tracks without a stream', { exchange: 'streamless' }, 'vendor_media', { ready: 400 }],
    ['never sends a picture', { media: 'never' }, 'vendor_media', { picture: 400 }],
    ['never answers', { connect: 'silent' }, 'vendor_unreachable', { connect: 400 }],
    [
      'never answers the exchange',
      { connect: 'silent', connectAt: 'exchange' },
      'vendor_unreachable',
      { connect: 400 },
    ],
    ['takes half a minute', { connectAfterMs: 30_000 }, 'vendor_unreachable', { connect: 400 }],
  ];
  it.each(faults)('the service %s', async (_, knobs, code, limits = {}) => {
    await perso.turn(knobs);
    await expect(take({ limits })).rejects.toMatchObject({ name: 'AppError', code });
    expect(leftovers.running()).toEqual([]);
  });

  it('leaves no peer connection at the service when the picture never came', async () => {
    await perso.turn({ media: 'never' });
    await expect(take({ limits: { picture: 400 } })).rejects.toMatchObject({
      code: 'vendor_media',
    });
    await until('the service to see it', async () => (await perso.running()).length === 0);
  });
});

describe('a session that is given up while it opens', () => {
  const steps: [string, Partial<PersoKnobs>, string][] = [
    ['asked what it is', { connect: 'silent' }, 'GET session/'],
    [
      'asked for relays',
      { connect: 'silent', connectAt: 'ice-servers' },
      'GET session/ice-servers/',
    ],
    ['asked for an answer', { connect: 'silent', connectAt: 'exchange' }, 'POST session/exchange/'],
    ['the picture was awaited', { media: 'never' }, 'channel change-size'],
  ];
  it.each(steps)('leaves nothing once it was %s', async (_, knobs, what) => {
    await perso.turn(knobs);
    const controller = new AbortController();
    const opening = take({ controller });
    opening.catch(() => undefined);
    await until(what, async () => (await perso.told()).some((told) => told.what === what));
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AppError', code: 'aborted' });
    expect(leftovers.running()).toEqual([]);
    await until('the service to see it', async () => (await perso.running()).length === 0);
  });

  it('is closed when it comes only then, from a client that nobody can call off', async () => {
    await perso.turn({ connectAfterMs: 400 });
    const opening = take({ limits: { connect: 200 }, join: joinAsTheVendor });
    await expect(opening).rejects.toMatchObject({ code: 'vendor_unreachable' });
    await until('it to come', () => leftovers.peers.length > 0);
    await until('its end', () => leftovers.running().length === 0);
    expect(leftovers.peers.map(({ connectionState }) => connectionState)).toEqual(['closed']);
    await until('the service to see it', async () => (await perso.running()).length === 0);
  });

  it('is waited for a moment, so that it is closed when it is given up', async () => {
    const controller = new AbortController();
    // Another is being made meanwhile: nobody knows whose peer connection is whose.
    const strays = watchStrays();
    const opening = take({
      controller,
      async join(options) {
        const session = await joinAsTheVendor(options);
        controller.abort();
        await until('the next moment', async () => (await perso.told()).length > 0);
        return session;
      },
    });
    await expect(opening).rejects.toMatchObject({ code: 'aborted' });
    expect(leftovers.running()).toEqual([]);
    strays.stop();
  });

  it('has its peer connection closed at once, of which such a client gives nobody a handle', async () => {
    await perso.turn({ exchange: 'unreachable' });
    const opening = take({ limits: { connect: 400 }, join: joinAsTheVendor });
    await expect(opening).rejects.toMatchObject({ code: 'vendor_unreachable' });
    expect(leftovers.peers.map(({ connectionState }) => connectionState)).toEqual(['closed']);
  });

  it('is refused where it is open already, and that one goes on', async () => {
    const grant = { sessionId: await createPersoSession(perso) };
    const first = await take({ grant });
    await expect(take({ grant })).rejects.toMatchObject({ name: 'AppError' });
    const answer = first.next('said', ({ final }) => final);
    await first.ask('Good morning.');
    expect(await answer).toMatchObject({ text: 'You asked: Good morning.' });
  });
});

describe('a session that ends from the other side', () => {
  const endings: [NonNullable<PersoKnobs['ends']>, object][] = [
    ['GRACEFUL_TERMINATION', { by: 'avatar' }],
    ['MAX_MIN_PER_SESSION_QUOTA_EXCEEDED', { by: 'limit' }],
    ['TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED', { by: 'error', error: { code: 'vendor_quota' } }],
    ['SESSION_LOST_AFTER_CONNECTION', { by: 'error', error: { code: 'vendor_lost' } }],
    ['SESSION_MISC_ERROR', { by: 'error', error: { code: 'vendor_failed' } }],
    ['SESSION_EXPIRED_BEFORE_CONNECTION', { by: 'error', error: { code: 'vendor_expired' } }],
    ['A_REASON_OF_TOMORROW', { by: 'error', error: { code: 'vendor_lost' } }],
  ];
  it.each(endings)('says why: %s', async (ends, ending) => {
    const sitting = await take();
    const over = sitting.next('ended');
    await perso.turn({ ends });
    expect(await over).toMatchObject({ ending });
    expect(sitting.events.at(-1)?.type).toBe('ended');
    await expect(sitting.ask('Still there?')).rejects.toMatchObject({ name: 'AppError' });
  });

  it('ends within seconds, not half a minute, when the peer closed in order', async () => {
    const sitting = await take();
    const over = sitting.next('ended');
    const from = performance.now();
    await perso.turn({ peer: 'closed' });
    expect(await over).toMatchObject({ ending: { error: { code: 'vendor_lost' } } });
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it.each(['before', 'during', 'after'] as const)('is lost %s its first answer', async (moment) => {
    await perso.turn(moment === 'during' ? { llm: 'endless', paceMs: 50 } : {});
    const sitting = await take();
    const over = sitting.next('ended');
    if (moment !== 'before') {
      const said = sitting.next('said', ({ final }) => final === (moment === 'after'));
      await sitting.ask('Good morning.');
      await said;
    }
    await perso.turn({ peer: 'closed' });
    expect(await over).toMatchObject({ ending: { error: { code: 'vendor_lost' } } });
    expect(sitting.events.at(-1)?.type).toBe('ended');
    if (moment === 'before') return;
    const finals = sitting.events.filter((event) => event.type === 'said' && event.final);
    expect(finals).toHaveLength(1);
    const speaking = sitting.events.filter((event) => event.type === 'speaking');
    expect(speaking.at(-1)?.who ?? null).toBeNull();
  });
});

describe('a picture', () => {
  it('that stands still is told of, and that it moves again', async () => {
    const sitting = await take({ limits: { still: 900 } });
    const still = sitting.next('video', ({ state }) => state === 'stalled');
    await perso.turn({ media: 'frozen' });
    await still;
    const moving = sitting.next('video', ({ state }) => state === 'shown');
    await perso.turn({ media: 'flows' });
    await moving;
  });
});

describe('a panel that nobody sees for a minute', () => {
  /** The page is hidden, and its clock goes on without a timer being called. */
  function hide() {
    const { now } = performance;
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    performance.now = () => now.call(performance) + 60_000;
    return () => {
      Reflect.deleteProperty(document, 'hidden');
      document.dispatchEvent(new Event('visibilitychange'));
      performance.now = now;
    };
  }

  it('decodes no picture, keeps its line and its voice, and shows it again', async () => {
    const sitting = await take();
    const video = sitting.stage.querySelector('video');
    const show = hide();
    try {
      expect(video?.paused).toBe(true);
      const pings = performance.now();
      // Three seconds: the line looks after itself once in each.
      await until('the line to have looked after itself', () => performance.now() - pings > 2500);
      const spoken = sitting.next('spoken');
      await sitting.ask('Good morning.');
      await spoken;
    } finally {
      show();
    }
    expect(sitting.events.filter(({ type }) => type === 'ended')).toEqual([]);
    const before = video?.currentTime ?? 0;
    await until('pictures again', () => (video?.currentTime ?? 0) > before);
    expect(sitting.events).not.toContainEqual({ type: 'video', state: 'stalled' });
  });
});

it('says that the browser holds its voice back, and lets it out with a click', async () => {
  const { play } = HTMLMediaElement.prototype;
  let clicked = false;
  // As a browser does whose policy this run has switched off.
  HTMLMediaElement.prototype.play = function held(this: HTMLMediaElement) {
    if (this.muted || clicked) return play.call(this);
    return Promise.reject(new DOMException('', 'NotAllowedError'));
  };
  try {
    const sitting = await take();
    const voices = () => sitting.events.filter((event) => event.type === 'voice');
    expect(voices()).toEqual([{ type: 'voice', state: 'blocked' }]);
    expect(sitting.stage.querySelector('video')?.paused).toBe(false);
    clicked = true;
    await sitting.connection.mute(false);
    expect(voices().at(-1)).toEqual({ type: 'voice', state: 'heard' });
  } finally {
    HTMLMediaElement.prototype.play = play;
  }
});

describe('an answer', () => {
  const faults: [string, Partial<PersoKnobs>, ErrorCode, Partial<Limits>?][] = [
    ['is refused', { llm: 'refuses' }, 'vendor_answer'],
    ['is refused without a word', { llm: 'wordless' }, 'vendor_answer'],
    ['is hung up on', { llm: 'drops' }, 'vendor_answer'],
    ['meets an empty account', { llm: 'quota' }, 'vendor_quota'],
    ['is a gateway’s page', { llm: 'html' }, 'vendor_answer'],
    ['fails on the way', { llm: 'fails' }, 'vendor_answer'],
    ['breaks off', { llm: 'cut' }, 'vendor_answer'],
    ['is malformed', { llm: 'malformed' }, 'vendor_answer'],
    ['calls tools for ever', { llm: 'loops' }, 'vendor_answer'],
    ['has no words', { llm: 'empty' }, 'vendor_silent'],
    ['never comes', { llm: 'silent' }, 'vendor_silent', { words: 600 }],
    ['stops in the middle', { llm: 'hangs' }, 'vendor_silent', { words: 600 }],
  ];
  it.each(faults)(
    'that %s is told of, and the next one is heard',
    async (_, knobs, code, limits = {}) => {
      const sitting = await take({ limits });
      await perso.turn(knobs);
      const failed = sitting.next('failed');
      await sitting.ask('Good morning.');
      expect((await failed).error.code).toBe(code);
      for (const id of new Set(
        sitting.events.flatMap((one) => (one.type === 'said' ? [one.id] : [])),
      )) {
        const own = sitting.events.filter((one) => one.type === 'said' && one.id === id);
        expect(own.at(-1)).toMatchObject({ final: true, cut: true });
      }
      await perso.turn({ llm: 'answers' });
      const answer = sitting.next('said', ({ final }) => final);
      await sitting.ask('And now?');
      expect(await answer).toMatchObject({ text: 'You asked: And now.' });
    },
  );

  it('that failed is no memory: what had to be told with it is told with the next', async () => {
    const history = [{ who: 'reader' as const, text: 'Is it warm?' }];
    const sitting = await take({ history });
    await perso.turn({ llm: 'fails' });
    const failed = sitting.next('failed');
    await sitting.ask('First?');
    await failed;
    await perso.turn({ llm: 'answers' });
    const answer = sitting.next('said', ({ final }) => final);
    await sitting.ask('Second?');
    await answer;
    const asked = (await perso.told()).filter(({ what }) => what === 'POST session/llm/v2/');
    const { messages } = (asked.at(-1)?.body ?? {}) as { messages: { content: string }[] };
    expect(messages).toHaveLength(1);
    expect(messages[0]?.content).toContain('Is it warm?');
    expect(messages[0]?.content).not.toContain('First?');
  });

  it.each(['endless', 'huge'] as const)('that is %s is cut where nobody listens', async (llm) => {
    await perso.turn({ llm, paceMs: 1 });
    const sitting = await take();
    const last = sitting.next('said', ({ final }) => final);
    await sitting.ask('Talk.');
    const { text, cut } = await last;
    expect(cut).toBe(true);
    expect(text.length).toBeLessThanOrEqual(12_000);
    await until('the call to end', async () => !(await perso.running()).includes('a call'));
    await sitting.connection.interrupt?.();
  });

  it.each(['blank', 'events', 'unfinished', 'split'] as const)(
    'that is %s is understood',
    async (llm) => {
      await perso.turn({ llm });
      const sitting = await take();
      const last = sitting.next('said', ({ final }) => final);
      await sitting.ask('Hello');
      expect((await last).text).toBe(llm === 'split' ? 'Größe 漢字.' : 'You asked: Hello.');
    },
  );

  it.each(['fails', 'undecodable'] as const)(
    'whose voice %s is spoken by the service itself',
    async (tts) => {
      await perso.turn({ tts });
      const sitting = await take();
      const last = sitting.next('said', ({ final }) => final);
      const spoken = sitting.next('spoken');
      await sitting.ask('Good morning.');
      await spoken;
      expect((await last).cut).toBeUndefined();
      const told = (await perso.told()).filter(({ what }) => what === 'channel ttstf');
      expect(told.map(({ body }) => body)).toEqual([{ message: 'You asked: Good morning.' }]);
    },
  );

  it.each<[string, Partial<PersoKnobs>]>([
    ['sound cannot be given', { files: 'closes' }],
    ['sound is never taken', { files: 'unready' }],
    ['voice is never made', { tts: 'silent' }],
  ])('whose %s is spoken by the service itself', async (_, knobs) => {
    await perso.turn(knobs);
    const sitting = await take({ limits: { voice: 700 } });
    const spoken = sitting.next('spoken');
    await sitting.ask('Good morning.');
    await spoken;
    const told = (await perso.told()).filter(({ what }) => what === 'channel ttstf');
    expect(told.map(({ body }) => body)).toEqual([{ message: 'You asked: Good morning.' }]);
  });

  it('ends in silence although the service never begins to say it', async () => {
    await perso.turn({ tells: false });
    const sitting = await take({ limits: { begin: 300 } });
    const last = sitting.next('said', ({ final }) => final);
    await sitting.ask('Good morning.');
    expect((await last).cut).toBeUndefined();
    await sitting.connection.interrupt?.();
    expect(sitting.events.filter(({ type }) => type === 'speaking')).toEqual([]);
  });

  it('is over although the service never tells of its voice', async () => {
    await perso.turn({ tells: false });
    const sitting = await take();
    const words = sitting.next('said');
    await sitting.ask('Good morning.');
    await words;
    await sitting.connection.close();
    expect(sitting.events.filter(({ type }) => type === 'speaking')).toEqual([]);
    const finals = sitting.events.filter((event) => event.type === 'said' && event.final);
    expect(finals).toMatchObject([{ cut: true }]);
    expect(sitting.events.at(-1)?.type).toBe('ended');
  });
});

it.each(['malformed', 'unknown', 'hollow', 'huge'] as const)(
  'hears past %s messages',
  async (noise) => {
    const errors: unknown[] = [];
    const note = (event: ErrorEvent) => errors.push(event.message);
    addEventListener('error', note);
    const sitting = await take();
    await perso.turn({ noise });
    const answer = sitting.next('said', ({ final }) => final);
    await sitting.ask('Good morning.');
    await answer;
    removeEventListener('error', note);
    expect(errors).toEqual([]);
    expect(answerIn(sitting.events)).toBe('You asked: Good morning.');
  },
);

it('takes no question that was on its way when it ended', async () => {
  const sitting = await take();
  const words = sitting.next('said');
  await sitting.ask('One?');
  await words;
  const second = sitting.ask('Two?');
  const closed = sitting.connection.close();
  await expect(second).rejects.toMatchObject({ name: 'AppError' });
  await closed;
  const asked = (await perso.told()).filter(({ what }) => what === 'POST session/llm/v2/');
  expect(asked).toHaveLength(1);
});

it('opens twice at once, and each ends by itself', async () => {
  const [first, second] = await Promise.all([take(), take()]);
  await first?.connection.close();
  const answer = second?.next('said', ({ final }) => final);
  await second?.ask('Good morning.');
  expect(await answer).toMatchObject({ text: 'You asked: Good morning.' });
});

it('talks without a face where the avatar has none', async () => {
  await perso.turn({ capability: ['LLM'] });
  const sitting = await take();
  expect(sitting.events).toContainEqual({ type: 'voice', state: 'none' });
  const answer = sitting.next('said', ({ final }) => final);
  await sitting.ask('Good morning.');
  expect(await answer).toMatchObject({ text: 'You asked: Good morning.' });
  await sitting.connection.interrupt?.();
  expect(sitting.events.at(-1)).toBe(await answer);
});

it('leaves the constructors of the page as they were', async () => {
  const before = globalThis.RTCPeerConnection;
  await take();
  expect(globalThis.RTCPeerConnection).toBe(before);
});

it('has no session where only relays may be used and the client cannot be told so', async () => {
  const opening = take({ grant: { forceRelay: true }, join: joinAsTheVendor });
  await expect(opening).rejects.toMatchObject({ code: 'vendor_unsupported' });
  expect(leftovers.running()).toEqual([]);
});

it('has no session where only relays may be used and there are none', async () => {
  await expect(take({ grant: { forceRelay: true }, limits: { ready: 400 } })).rejects.toMatchObject(
    {
      code: 'vendor_media',
    },
  );
});
