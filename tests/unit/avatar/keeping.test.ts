import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createKeeping, type Keeping } from '@/lib/avatar/keeping';
import type { BrokerGrant } from '@/lib/broker/grants';
import { heldSessions, holdSession } from '@/lib/broker/held';
import { Troubled, type Outcome } from '@/lib/broker/trouble';
import type { AppError } from '@/lib/errors';
import { onMessage } from '@/lib/messages';
import { nova, sessionAnswer } from '@/tests/unit/broker/client/loopback';
import { eventually } from '@/tests/unit/eventually';

/** What the background was told, in order. */
let told: string[];
let over: (AppError | null)[];
let keeping: Keeping;
let granted: () => Outcome<BrokerGrant>;
let renewed: () => Outcome<never>;
let ended: () => Outcome<null>;
let stops: (() => void)[];

const minute = 60_000;
const unaborted = () => new AbortController().signal;
const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** A session whose renewal is due in 5 minutes, from a service whose clock is 10 minutes ahead. */
function session(id: string): Extract<BrokerGrant, { kind: 'session' }> {
  const ahead = 10 * minute;
  const at = (ms: number) => new Date(Date.now() + ahead + ms).toISOString();
  const answer = sessionAnswer(60, id);
  if (answer.provider !== 'inworld') throw new Error('Another vendor than expected.');
  return {
    kind: 'session',
    expires: Date.now() + 60 * minute,
    session: {
      ...answer,
      credential: { ...answer.credential, expires_at: at(60 * minute) },
      limits: { renew_by: at(5 * minute), ends_at: at(30 * minute), idle_seconds: 300 },
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  fakeBrowser.reset();
  told = [];
  over = [];
  ended = () => ok(null);
  granted = () => ok(session('session-0123456789abcdef'));
  renewed = () => ok({ ...session('session-0123456789abcdef').session, credential: null } as never);
  stops = [
    onMessage('broker.grant', () => {
      told.push('grant');
      return granted();
    }),
    onMessage('broker.took', () => {
      told.push('took');
      return ok(null);
    }),
    onMessage('broker.renew', ({ data }) => {
      told.push(data.fresh ? 'renew fresh' : 'renew');
      return renewed();
    }),
    onMessage('broker.end', ({ data }) => {
      told.push(`end ${data.session}`);
      return ended();
    }),
  ];
  keeping = createKeeping(
    (why) => over.push(why),
    async () => false,
  );
});
afterEach(() => {
  keeping.release();
  for (const stop of stops) stop();
  vi.useRealTimers();
});

it('takes what it is given, says so, and notes that it has it', async () => {
  await keeping.open(nova, unaborted());
  expect(told).toEqual(['grant', 'took']);
  expect(await heldSessions()).toEqual(['session-0123456789abcdef']);
});

it('renews in time by this computer’s clock, as often as it is due', async () => {
  await keeping.open(nova, unaborted());
  await vi.advanceTimersByTimeAsync(4 * minute);
  expect(told).not.toContain('renew');
  await vi.advanceTimersByTimeAsync(0.5 * minute);
  expect(told.filter((one) => one === 'renew')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5 * minute);
  expect(told.filter((one) => one === 'renew')).toHaveLength(2);
});

it('does not mind that this computer’s clock is set meanwhile', async () => {
  const { session: own } = session('session-0123456789abcdef');
  renewed = () => ok({ ...own, credential: null } as never);
  await keeping.open(nova, unaborted());
  vi.setSystemTime(Date.now() + 60 * minute);
  await vi.advanceTimersByTimeAsync(4.5 * minute);
  expect(told.filter((one) => one === 'renew')).toHaveLength(1);
  expect(over).toEqual([]);
  expect(keeping.allowance.value?.endsAt).toBe(Date.now() + 25.5 * minute);
});

it('tries again while the service cannot be reached, and gives up when it is too late', async () => {
  renewed = () => ({ ok: false, trouble: { code: 'unreachable' } });
  await keeping.open(nova, unaborted());
  await vi.advanceTimersByTimeAsync(5 * minute);
  expect(told.filter((one) => one === 'renew').length).toBeGreaterThan(1);
  expect(over).toHaveLength(1);
});

it('gives up at once where the service says no', async () => {
  renewed = () => ({ ok: false, trouble: { code: 'quota_exceeded' } });
  await keeping.open(nova, unaborted());
  await vi.advanceTimersByTimeAsync(4.5 * minute);
  expect(over.map((why) => why?.code)).toEqual(['broker_quota']);
});

it('says when its time is up, renewed or not', async () => {
  const fixed = session('session-0123456789abcdef');
  granted = () => ok(fixed);
  renewed = () => ok({ ...fixed.session, credential: null } as never);
  await keeping.open(nova, unaborted());
  await vi.advanceTimersByTimeAsync(30 * minute);
  expect(over).toContain(null);
});

it('ends what it had before it asks for the next, so that a limit of one is enough', async () => {
  await keeping.open(nova, unaborted());
  granted = () => ok(session('session-fedcba9876543210'));
  await keeping.open(nova, unaborted());
  expect(told).toEqual(['grant', 'took', 'end session-0123456789abcdef', 'grant', 'took']);
  await eventually(async () => expect(await heldSessions()).toEqual(['session-fedcba9876543210']));
});

it('ends a session nobody waits for any more', async () => {
  const life = new AbortController();
  granted = () => {
    life.abort();
    return ok(session('session-0123456789abcdef'));
  };
  await expect(keeping.open(nova, life.signal)).rejects.toMatchObject({ code: 'aborted' });
  await eventually(() => expect(told).toContain('end session-0123456789abcdef'));
});

it('hands the service’s own reason on', async () => {
  granted = () => ({ ok: false, trouble: { code: 'concurrency_limit', sessions: [] } });
  const refused = await keeping.open(nova, unaborted()).catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(Troubled);
  expect(refused).toMatchObject({ code: 'broker_quota', trouble: { code: 'concurrency_limit' } });
});

it('leaves a note instead of a message when the panel closes', async () => {
  await keeping.open(nova, unaborted());
  keeping.abandon();
  const stored = await fakeBrowser.storage.local.get(null);
  expect(Object.values(stored)).toContain('over');
  expect(told).toEqual(['grant', 'took']);
});

it('gives up what a killed panel left behind', async () => {
  await fakeBrowser.storage.local.set({ 'brokerHeld:session-of-the-dead-one': 'held' });
  await keeping.open(nova, unaborted());
  expect(told).toEqual(['end session-of-the-dead-one', 'grant', 'took']);
  expect(await heldSessions()).toEqual(['session-0123456789abcdef']);
});

it('keeps in mind what it could not end, and ends it before it asks for the next', async () => {
  await keeping.open(nova, unaborted());
  ended = () => ({ ok: false, trouble: { code: 'offline' } });
  keeping.release();
  await keeping.settled();
  expect(await heldSessions()).toEqual(['session-0123456789abcdef']);
  ended = () => ok(null);
  granted = () => ok(session('session-fedcba9876543210'));
  await keeping.open(nova, unaborted());
  expect(told.slice(3)).toEqual(['end session-0123456789abcdef', 'grant', 'took']);
  await eventually(async () => expect(await heldSessions()).toEqual(['session-fedcba9876543210']));
});

it('ends what was left running also where nobody calls', async () => {
  await holdSession('session-of-the-dead-one');
  keeping.tidy();
  await eventually(async () => {
    const stored = await fakeBrowser.storage.local.get(null);
    expect(stored['brokerHeld:session-of-the-dead-one']).toBe('over');
  });
  expect(told).toEqual([]);
});

it('gets a fresh token for the session it has', async () => {
  await keeping.open(nova, unaborted());
  renewed = () => ok(session('session-0123456789abcdef').session as never);
  expect(await keeping.freshToken()).toMatchObject({
    token: 'token-of-the-vendor',
    type: 'Bearer',
  });
  expect(told).toContain('renew fresh');
});

it('has no token where the service has none', async () => {
  await keeping.open(nova, unaborted());
  await expect(keeping.freshToken()).rejects.toMatchObject({ code: 'vendor_expired' });
});
