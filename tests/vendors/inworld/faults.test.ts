import { live, timers } from './live';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, isAppError, type ErrorCode } from '@/lib/errors';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { startVendor } from '@/tests/vendors/vendor';
import { deserted, talkTo, type Gateway, type Talking, type Wish } from './talking';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startVendor<InworldKnobs>('inworld');
});
beforeEach(() => gateway.turn({ haste: 3 }));
afterEach(async () => {
  try {
    expect(live()).toEqual([]);
    await deserted(gateway);
    expect(await gateway.unknown()).toEqual([]);
  } finally {
    await gateway.reset();
  }
});
afterAll(() => gateway.stop());

const error = (
  at: NonNullable<InworldKnobs['error']>['at'],
  type: string,
  more: Partial<NonNullable<InworldKnobs['error']>> = {},
): Partial<InworldKnobs> => ({
  error: { at, type, reconnect: 'NO_RETRY', code: 13, times: 1, ...more },
});

async function failureOf(knobs: Partial<InworldKnobs>, wish: Wish): Promise<string> {
  await gateway.turn(knobs);
  try {
    const talking = await talkTo(gateway, wish);
    await talking.end();
    return 'it opened';
  } catch (thrown) {
    return isAppError(thrown) ? thrown.code : String(thrown);
  }
}

const past = async () => ({
  token: 'none',
  type: 'Bearer' as const,
  sessionId: 'lighthouse:none',
  expirationTime: new Date(0).toISOString(),
});
const soon = { open: 400 };

describe('a line to Inworld that cannot be opened says why, and leaves nothing', () => {
  it.each<[string, Partial<InworldKnobs>, Wish, ErrorCode]>([
    ['the upgrade is refused', { upgrade: 'refuse' }, {}, 'vendor_unreachable'],
    ['the service is down', { upgrade: 'unavailable' }, {}, 'vendor_unreachable'],
    ['nobody answers', { upgrade: 'silent' }, { limits: soon }, 'vendor_unreachable'],
    ['it takes 30 s', { upgradeAfterMs: 30_000 }, { limits: soon }, 'vendor_unreachable'],
    [
      'there is no such host',
      {},
      { grant: { gateway: { hostname: '127.0.0.1:9', ssl: false } } },
      'vendor_unreachable',
    ],
    ['no token is good enough', { token: { as: 'invalid', times: 9 } }, {}, 'vendor_refused'],
    ['every token has run out', { token: { as: 'expired', times: 9 } }, {}, 'vendor_expired'],
    [
      'another token cannot be had',
      { token: { as: 'expired', times: 9 } },
      { grant: { freshToken: () => Promise.reject(new AppError('broker_failed')) } },
      'broker_failed',
    ],
    [
      'another token never comes',
      { token: { as: 'expired', times: 9 } },
      { grant: { freshToken: () => new Promise(() => undefined) }, limits: { token: 200 } },
      'vendor_failed',
    ],
    ['the scene is unknown', { scene: 'unknown' }, {}, 'vendor_unknown'],
    ['nobody is in the scene', { scene: 'empty' }, {}, 'vendor_unknown'],
    ['the scene never loads', { scene: 'silent' }, { limits: soon }, 'vendor_failed'],
    [
      'the socket goes before the scene, with a goodbye',
      { drop: { when: 'open', code: 1000, times: 1 } },
      {},
      'vendor_lost',
    ],
    [
      'the socket goes before the scene, without',
      { drop: { when: 'open', code: 1006, times: 1 } },
      {},
      'vendor_lost',
    ],
    ['the scene has no proper name', {}, { grant: { scene: 'the lamp room' } }, 'vendor_unknown'],
    ['all are taken', error('open', 'SESSION_RESOURCES_EXHAUSTED'), {}, 'vendor_busy'],
    ['the quota is used up', error('open', 'BILLING_TOKENS_EXHAUSTED'), {}, 'vendor_quota'],
    ['the account is closed', error('open', 'ACCOUNT_DISABLED'), {}, 'vendor_refused'],
    ['it says a number only', error('open', 'WHATEVER', { code: 14 }), {}, 'vendor_busy'],
    ['it says nothing', error('open', 'WHATEVER', { code: 2 }), {}, 'vendor_failed'],
  ])('%s', async (_, knobs, wish, code) => {
    expect(await failureOf(knobs, wish)).toBe(code);
  });

  it.each([1, 30, 80, 160])('when it is called off after %i ms', async (ms) => {
    await gateway.turn({ upgradeAfterMs: 40, sceneAfterMs: 60 });
    const signal = AbortSignal.timeout(ms);
    const outcome = await failureOf({}, { signal });
    expect(['aborted', 'it opened']).toContain(outcome);
  });
});

describe('a line to Inworld opens in spite of', () => {
  it.each<[string, Partial<InworldKnobs>, Wish]>([
    ['a token that ran out meanwhile', { token: { as: 'expired', times: 1 } }, {}],
    ['a token that is refused once', { token: { as: 'invalid', times: 1 } }, {}],
    ['a token with four minutes left', { tokenLasts: 240 }, {}],
    ['a slow scene', { sceneAfterMs: 500 }, {}],
  ])('%s', async (_, knobs, wish) => {
    await gateway.turn(knobs);
    const talking = await talkTo(gateway, wish);
    expect(await talking.answer('What is a lamp?')).toContain('a lamp');
    await talking.end();
  });

  it('a grant whose token is over: another is asked for before anything is tried', async () => {
    const { mint } = await import('./grant');
    let asked = 0;
    const talking = await talkTo(gateway, {
      grant: {
        token: await past(),
        freshToken: () => {
          asked += 1;
          return mint(gateway.address);
        },
      },
    });
    await talking.end();
    expect(asked).toBe(1);
    const opens = (await gateway.told()).filter(({ what }) => what === 'socket open');
    expect(opens).toHaveLength(1);
  });
});

describe('a session with Inworld', () => {
  const using = (name: string, wish: Wish, test: (talking: Talking) => Promise<void>) => {
    it(name, async () => {
      const talking = await talkTo(gateway, wish);
      try {
        await test(talking);
      } finally {
        await talking.end();
      }
    });
  };
  const ends = async (talking: Talking, code: ErrorCode) => {
    const { ending } = await talking.first('ended');
    expect(ending).toMatchObject({ by: 'error', error: { code } });
    expect(talking.events.at(-1)?.type).toBe('ended');
    expect(talking.all('ended')).toHaveLength(1);
    expect(live()).toEqual([]);
  };

  it.each([1000, 1001, 1006, 1011, 3999, 4000])(
    'is lost when the socket goes at a question, code %i',
    async (code) => {
      const talking = await talkTo(gateway);
      await gateway.turn({ drop: { when: 'question', code, times: 1 } });
      await talking.connection.ask('Are you there?', null);
      await ends(talking, 'vendor_lost');
      await talking.end();
    },
  );

  using(
    'is lost when the socket goes in mid-answer, and what was said is cut',
    {},
    async (talking) => {
      await gateway.turn({ drop: { when: 'answer', code: 1006, times: 1 } });
      await talking.connection.ask('Tell me a long story', null);
      await ends(talking, 'vendor_lost');
      expect(talking.all('said').at(-1)).toMatchObject({ final: true, cut: true });
    },
  );

  for (const when of ['ready', 'answered', 'now'] as const) {
    using(
      `opens the socket again when it was closed in a quiet moment (${when})`,
      {},
      async (talking) => {
        if (when !== 'ready') {
          expect(await talking.answer('What is fog?')).toContain('fog');
          await talking.first('speaking', ({ who }) => who === null);
        }
        await gateway.turn({
          drop: { when: when === 'ready' ? 'now' : when, code: 1000, times: 1 },
        });
        if (when === 'answered') expect(await talking.answer('What is rain?')).toContain('rain');
        await deserted(gateway);
        expect(await talking.answer('What is wind?')).toContain('wind');
        const told = await gateway.told();
        expect(told.filter(({ what }) => what === 'socket open')).toHaveLength(2);
        expect(told.filter(({ what }) => what === 'socket mutation loadScene')).toHaveLength(1);
        expect(talking.all('ended')).toEqual([]);
      },
    );
  }

  it('opens the socket again when it was closed for want of words', async () => {
    await gateway.turn({ idleAfterMs: 150 });
    const talking = await talkTo(gateway);
    await deserted(gateway);
    await gateway.turn({ idleAfterMs: 60_000 });
    expect(await talking.answer('What is wind?')).toContain('wind');
    await talking.end();
  });

  it('goes on while the panel is hidden and its timers come once a second', async () => {
    const talking = await talkTo(gateway);
    timers.least = 1_000;
    try {
      expect(await talking.answer('What is fog?')).toContain('fog');
      await talking.connection.ask('Tell me a long story', null);
      await talking.first('speaking', ({ who }) => who === 'avatar');
      await talking.connection.interrupt?.();
      expect(talking.all('speaking').at(-1)?.who).toBe(null);
      expect(talking.all('failed')).toEqual([]);
    } finally {
      timers.least = 0;
      await talking.end();
    }
  });

  using('gets another token when the first one ran out while it was quiet', {}, async (talking) => {
    await gateway.turn({
      drop: { when: 'now', code: 1000, times: 1 },
      token: { as: 'expired', times: 1 },
    });
    await deserted(gateway);
    expect(await talking.answer('What is wind?')).toContain('wind');
  });

  using('is lost when a quiet socket cannot be opened again', {}, async (talking) => {
    await gateway.turn({ drop: { when: 'now', code: 1000, times: 1 }, upgrade: 'refuse' });
    await deserted(gateway);
    await talking.connection.ask('Are you there?', null);
    await ends(talking, 'vendor_unreachable');
  });

  for (const type of ['SESSION_TOKEN_EXPIRED', 'SESSION_TOKEN_INVALID']) {
    using(`answers although ${type} came instead`, {}, async (talking) => {
      await gateway.turn(error('question', type, { reconnect: 'IMMEDIATE' }));
      expect(await talking.answer('What is fog?')).toContain('fog');
      expect(talking.all('ended')).toEqual([]);
    });
    using(`answers again when ${type} comes in mid-answer`, {}, async (talking) => {
      await gateway.turn(error('answer', type, { reconnect: 'IMMEDIATE' }));
      await talking.connection.ask('Tell me a long story', null);
      await talking.first('said', ({ final, cut }) => final && cut === true);
      const whole = await talking.first('said', ({ final, cut }) => final && cut !== true);
      expect(whole.text).toContain('At midnight');
    });
  }

  using('is asked again by itself when told to come back at once', {}, async (talking) => {
    await gateway.turn(
      error('question', 'SESSION_RESOURCES_EXHAUSTED', { reconnect: 'IMMEDIATE' }),
    );
    expect(await talking.answer('What is fog?')).toContain('fog');
  });

  using('comes back when it is told to, and not before', {}, async (talking) => {
    const more = { reconnect: 'TIMEOUT', reconnectAfterMs: 400 } as const;
    await gateway.turn(error('question', 'SESSION_RESOURCES_EXHAUSTED', more));
    const asked = performance.now();
    expect(await talking.answer('What is fog?')).toContain('fog');
    expect(performance.now() - asked).toBeGreaterThan(400);
  });

  using('is lost when it is told to come back too late', { limits: soon }, async (talking) => {
    const more = { reconnect: 'TIMEOUT', reconnectAfterMs: 60_000 } as const;
    await gateway.turn(error('question', 'SESSION_RESOURCES_EXHAUSTED', more));
    await talking.connection.ask('What is fog?', null);
    await ends(talking, 'vendor_lost');
  });

  it.each<[string, ErrorCode]>([
    ['SESSION_EXPIRED', 'vendor_expired'],
    ['SESSION_INVALID', 'vendor_expired'],
    ['SESSION_PAUSED', 'vendor_busy'],
    ['SESSION_RESOURCES_EXHAUSTED', 'vendor_busy'],
    ['BILLING_TOKENS_EXHAUSTED', 'vendor_quota'],
    ['ACCOUNT_DISABLED', 'vendor_refused'],
    ['RESOURCE_NOT_FOUND', 'vendor_unknown'],
    ['VERSION_CONFLICT', 'vendor_failed'],
  ])('ends with %s as %s', async (type, code) => {
    const talking = await talkTo(gateway);
    await gateway.turn(error('question', type));
    await talking.connection.ask('What is fog?', null);
    await ends(talking, code);
    await talking.end();
  });

  using('goes on after a question that was not safe', {}, async (talking) => {
    await gateway.turn(error('question', 'SAFETY_VIOLATION'));
    await talking.connection.ask('What is forbidden?', null);
    expect((await talking.first('failed')).error.code).toBe('vendor_answer');
    expect(await talking.answer('What is fog?')).toContain('fog');
  });

  using('says so when not a word comes', { limits: { answer: 300 } }, async (talking) => {
    await gateway.turn({ answer: 'nothing' });
    await talking.connection.ask('What is fog?', null);
    expect((await talking.first('failed')).error.code).toBe('vendor_silent');
    await gateway.turn({ answer: 'whole' });
    expect(await talking.answer('What is rain?')).toContain('rain');
  });

  using('says so when a turn has no words', {}, async (talking) => {
    await gateway.turn({ answer: 'wordless' });
    await talking.connection.ask('What is fog?', null);
    expect((await talking.first('failed')).error.code).toBe('vendor_answer');
    expect(talking.all('said')).toEqual([]);
  });

  using('says so when an answer breaks off', { limits: { quiet: 300 } }, async (talking) => {
    await gateway.turn({ answer: 'broken' });
    await talking.connection.ask('What is fog?', null);
    expect((await talking.first('failed')).error.code).toBe('vendor_broken');
    expect(talking.all('said').at(-1)).toMatchObject({ final: true, cut: true });
    await gateway.turn({ answer: 'whole' });
    expect(await talking.answer('What is rain?')).toContain('rain');
  });

  using(
    'takes an answer for over when nothing more of it comes',
    { limits: { quiet: 1_000 } },
    async (talking) => {
      await gateway.turn({ answer: 'unended' });
      expect(await talking.answer('What is fog?')).toContain('fog');
      await talking.first('speaking', ({ who }) => who === null);
      expect(await talking.answer('What is rain?')).toContain('rain');
    },
  );

  using('cuts an answer without end', {}, async (talking) => {
    await gateway.turn({ answer: 'endless', paceMs: 0 });
    await talking.connection.ask('What is fog?', null);
    const { text } = await talking.first('said', ({ final, cut }) => final && cut === true);
    expect(text.length).toBeGreaterThan(20_000);
    await gateway.turn({ answer: 'whole', paceMs: 10 });
    expect(await talking.answer('What is rain?')).toContain('rain');
  });

  using('is lost when no conversation begins', { limits: { send: 300 } }, async (talking) => {
    await gateway.turn({ conversation: 'silent' });
    await talking.connection.ask('What is fog?', null);
    await ends(talking, 'vendor_lost');
  });

  using('answers in words where there is no sound', {}, async (talking) => {
    await gateway.turn({ answer: 'text' });
    expect(await talking.answer('What is fog?')).toContain('fog');
    expect(talking.all('speaking')).toEqual([]);
  });

  using('does without the state where the service has none', {}, async (talking) => {
    await gateway.turn({ stateStatus: 500 });
    expect(await talking.answer('Fog?')).toContain('Fog');
    await talking.first('speaking', ({ who }) => who === null);
    expect(talking.all('resumable')).toEqual([]);
  });

  it('ends once, however often it is closed and opened', async () => {
    const [one, two] = await Promise.all([talkTo(gateway), talkTo(gateway)]);
    expect(await one.answer('What is fog?')).toContain('fog');
    expect(await two.answer('What is rain?')).toContain('rain');
    await Promise.all([one.end(), one.end(), two.end()]);
    expect(one.all('ended')).toHaveLength(1);
    expect(two.all('ended')).toHaveLength(1);
  });
});
