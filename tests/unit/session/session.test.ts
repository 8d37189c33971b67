import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import type { PageContext } from '@/lib/page/page';
import type { Opening, ProviderEvent, Speech } from '@/lib/session/provider';
import { createSession, type SessionOptions } from '@/lib/session/session';
import { localGrant, scripted, type Script } from '@/tests/contract/scripted';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => new Promise<void>(() => undefined);
const lost: ProviderEvent = {
  type: 'ended',
  ending: { by: 'error', error: new AppError('provider_failed') },
};

function sessionOf(script: Script, more: Partial<SessionOptions> = {}) {
  const fake = scripted(script);
  const heard: Speech[] = [];
  const session = createSession({
    provide: async () => ({ provider: fake.provider, grant: localGrant }),
    stage: () => ({}) as HTMLElement,
    history: () => [],
    heard: (speech) => heard.push(speech),
    ...more,
    timing: {
      after: (ms, done) => {
        const timer = setTimeout(done, ms);
        return () => clearTimeout(timer);
      },
      chance: () => 0,
    },
  });
  return { session, heard, ...fake };
}

it('opens once however often it is started', async () => {
  const { session, calls } = sessionOf({});
  await Promise.all([session.start(), session.start(), session.start()]);
  await session.start();
  expect(calls).toEqual(['open']);
  expect(session.state.value).toEqual({ status: 'live' });
});

it('shows the steps the provider reports while it connects', async () => {
  const seen: unknown[] = [];
  const { session } = sessionOf({
    open: ({ emit }) => emit({ type: 'progress', step: 'media', percent: 50 }),
  });
  session.state.subscribe((state) => seen.push(state));
  await session.start();
  expect(seen).toContainEqual({ status: 'connecting', step: 'media', percent: 50 });
});

it('starts by itself when it is asked something', async () => {
  const { session, calls } = sessionOf({ ask: () => undefined });
  await session.ask('What is this?', null);
  expect(calls).toEqual(['open', 'ask What is this?']);
});

it('gives up on a provider that never opens, and says so', async () => {
  const { session } = sessionOf({ open: never });
  const start = session.start().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await start).toMatchObject({ name: 'AppError', code: 'provider_timeout' });
  expect(session.state.value).toMatchObject({ status: 'ended', ending: { by: 'error' } });
});

it('closes a connection that arrives after its time', async () => {
  let arrive = () => undefined as void;
  const { session, calls } = sessionOf({
    open: () => new Promise<void>((resolve) => (arrive = resolve)),
  });
  const start = session.start().catch(() => undefined);
  await vi.advanceTimersByTimeAsync(15_000);
  await start;
  arrive();
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual(['open', 'close']);
});

it('tells a half-open provider to stop when the reader ends it', async () => {
  let opening: Opening | null = null;
  const { session } = sessionOf({
    open: (given) => {
      opening = given;
      return never();
    },
  });
  const start = session.start().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10);
  await session.end('user');
  expect(await start).toMatchObject({ code: 'aborted' });
  expect(opening).toMatchObject({ signal: { aborted: true } });
  expect(session.state.value).toEqual({ status: 'ended', ending: { by: 'user' } });
});

it('comes back by itself when the line is lost, and asks the open question once more', async () => {
  const { session, calls, emit } = sessionOf({ ask: () => undefined });
  await session.ask('Why?', null);
  emit(lost);
  expect(session.state.value).toEqual({ status: 'reconnecting' });
  await vi.advanceTimersByTimeAsync(500);
  expect(session.state.value).toEqual({ status: 'live' });
  expect(calls).toEqual(['open', 'ask Why?', 'close', 'open', 'ask Why?']);
  emit(lost);
  await vi.advanceTimersByTimeAsync(500);
  expect(calls.filter((call) => call === 'ask Why?')).toHaveLength(2);
});

it('does not repeat a question whose answer has begun', async () => {
  const { session, calls, emit } = sessionOf({ ask: () => undefined });
  await session.ask('Why?', null);
  emit({ type: 'said', id: 'a', who: 'avatar', text: 'Because', final: false });
  emit(lost);
  await vi.advanceTimersByTimeAsync(500);
  expect(calls.filter((call) => call === 'ask Why?')).toHaveLength(1);
});

it('ends with the last error when it cannot come back', async () => {
  let attempts = 0;
  const { session, emit } = sessionOf({
    open: () => {
      attempts += 1;
      if (attempts > 1) throw new AppError('provider_failed');
    },
  });
  await session.start();
  emit(lost);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(attempts).toBe(7);
  expect(session.state.value).toMatchObject({ status: 'ended', ending: { by: 'error' } });
});

it('can be started again after it ended', async () => {
  const { session, calls } = sessionOf({});
  await session.start();
  await session.end('user');
  await session.start();
  expect(calls).toEqual(['open', 'close', 'open']);
  expect(session.state.value).toEqual({ status: 'live' });
});

it('is thinking from the question to the first word of the answer', async () => {
  const { session, emit } = sessionOf({ ask: () => undefined });
  await session.ask('Why?', null);
  expect(session.activity.value).toBe('thinking');
  emit({ type: 'said', id: 'a', who: 'avatar', text: 'Because', final: false });
  expect(session.activity.value).toBe('quiet');
  emit({ type: 'speaking', who: 'avatar' });
  expect(session.activity.value).toBe('speaking');
  emit({ type: 'speaking', who: null });
  expect(session.activity.value).toBe('quiet');
});

it('is thinking as well when the avatar’s own ears have heard a question out', async () => {
  const { session, emit } = sessionOf({});
  await session.start();
  emit({ type: 'speaking', who: 'reader' });
  emit({ type: 'said', id: 'a', who: 'reader', text: 'Why', final: false });
  expect(session.activity.value).toBe('quiet');
  emit({ type: 'said', id: 'a', who: 'reader', text: 'Why?', final: true });
  emit({ type: 'speaking', who: null });
  expect(session.activity.value).toBe('thinking');
  emit({ type: 'speaking', who: 'avatar' });
  emit({ type: 'said', id: 'b', who: 'avatar', text: 'Because', final: false });
  emit({ type: 'speaking', who: null });
  expect(session.activity.value).toBe('quiet');
});

it('hears nothing from a provider it has given up', async () => {
  const emits: Array<(event: ProviderEvent) => void> = [];
  const { session, heard } = sessionOf({
    open: ({ emit }) => {
      emits.push(emit);
      return never();
    },
  });
  const start = session.start().catch(() => undefined);
  await vi.advanceTimersByTimeAsync(15_000);
  await start;
  emits[0]?.({ type: 'said', id: 'a', who: 'avatar', text: 'Too late', final: true });
  expect(heard).toEqual([]);
});

it('does not wait for ever for a call that never returns', async () => {
  const { session } = sessionOf({ ask: never });
  const asked = session.ask('Why?', null).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await asked).toMatchObject({ code: 'provider_timeout' });
  expect(session.activity.value).toBe('quiet');
});

it('draws no control for what the provider cannot do', async () => {
  const { session } = sessionOf({ speak: () => undefined });
  await session.start();
  expect(session.abilities.value).toEqual({
    interrupt: false,
    speak: true,
    early: false,
    look: false,
    cast: false,
    hear: false,
    hold: false,
    model: false,
  });
});

it('goes on over a new connection when it is renewed, and never hears the old one again', async () => {
  const emits: Array<(event: ProviderEvent) => void> = [];
  const { session, calls, heard } = sessionOf({ open: ({ emit }) => void emits.push(emit) });
  await session.start();
  await session.renew();
  expect(calls).toEqual(['open', 'open', 'close']);
  emits[0]?.({ type: 'said', id: 'old', who: 'avatar', text: 'Still me', final: true });
  emits[0]?.({ type: 'ended', ending: { by: 'user' } });
  expect(heard).toEqual([]);
  expect(session.state.value).toEqual({ status: 'live' });
});

it('keeps what it has when it cannot be renewed', async () => {
  let opened = 0;
  const { session, calls } = sessionOf({
    ask: () => undefined,
    open: () => {
      opened += 1;
      if (opened > 1) throw new AppError('provider_failed');
    },
  });
  await session.start();
  await expect(session.renew()).rejects.toMatchObject({ code: 'provider_failed' });
  await session.ask('Still there?', null);
  expect(calls.at(-1)).toBe('ask Still there?');
});

it('waits for a network before it tries a lost line again, and then has all its tries', async () => {
  const online = signal(true);
  let attempts = 0;
  const { session, emit, calls } = sessionOf(
    {
      ask: () => undefined,
      open: () => {
        attempts += 1;
        if (attempts > 1 && !online.value) throw new AppError('vendor_unreachable');
      },
    },
    { online },
  );
  await session.ask('Why?', null);
  online.value = false;
  emit(lost);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect([attempts, session.state.value.status]).toEqual([1, 'reconnecting']);
  online.value = true;
  await vi.advanceTimersByTimeAsync(500);
  expect(session.state.value).toEqual({ status: 'live' });
  expect(calls.filter((call) => call === 'ask Why?')).toHaveLength(2);
});

it('holds a question back while there is no network, and sends it once there is', async () => {
  const online = signal(true);
  const { session, calls } = sessionOf({ ask: () => undefined }, { online });
  await session.start();
  online.value = false;
  await session.ask('What is this?', null);
  expect([calls, session.activity.value]).toEqual([['open'], 'thinking']);
  online.value = true;
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual(['open', 'ask What is this?']);
});

it('sends what was asked meanwhile over a line that came back by itself, and nothing twice', async () => {
  const { session, emit, calls } = sessionOf({ ask: () => undefined });
  await session.ask('One?', null);
  emit({ type: 'dropped' });
  emit({ type: 'restored' });
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual(['open', 'ask One?']);
  emit({ type: 'dropped' });
  await session.ask('Two?', null);
  emit({ type: 'restored' });
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual(['open', 'ask One?', 'ask Two?']);
});

it('what was held back goes with all of the page', async () => {
  const online = signal(true);
  let asked: PageContext | null = null;
  const { session } = sessionOf({ ask: (_, __, context) => void (asked = context) }, { online });
  await session.start();
  online.value = false;
  const read: PageContext = { url: 'u', title: 't', language: null, selection: null, text: null };
  await session.ask('Why?', { ...read, whole: Promise.resolve(read) });
  online.value = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(read);
});

it('tells when what was held back cannot be sent after all', async () => {
  const { session, emit, heard } = sessionOf({
    ask: () => Promise.reject(new AppError('vendor_answer')),
  });
  await session.start();
  emit({ type: 'dropped' });
  await session.ask('What is this?', null);
  emit({ type: 'restored' });
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toMatchObject([{ type: 'failed', error: { code: 'vendor_answer' } }]);
  expect(session.activity.value).toBe('quiet');
});

it('comes back as well when the line was down for a while before it was lost', async () => {
  const { session, emit, calls } = sessionOf({});
  await session.start();
  emit({ type: 'dropped' });
  emit(lost);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(session.state.value.status).toBe('live');
  expect(calls.filter((call) => call === 'open')).toHaveLength(2);
});

it('can be ended while it waits for a network', async () => {
  const online = signal(true);
  const { session, emit, calls } = sessionOf({}, { online });
  await session.start();
  online.value = false;
  emit(lost);
  await session.end('idle');
  online.value = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toEqual(['open', 'close']);
  expect(session.state.value).toEqual({ status: 'ended', ending: { by: 'idle' } });
});

it('opens a new line when it is told that the old one is dead', async () => {
  const { session, calls } = sessionOf({});
  await session.start();
  session.revive();
  await vi.advanceTimersByTimeAsync(500);
  expect(session.state.value).toEqual({ status: 'live' });
  expect(calls).toEqual(['open', 'close', 'open']);
});

it('reminds the vendor of what an earlier session gave, and begins anew where that holds no longer', async () => {
  const resumed: (string | null)[] = [];
  const remembered: unknown[] = [];
  const { session, emit } = sessionOf(
    {
      open: ({ resume }) => {
        resumed.push(resume);
        if (resume === 'old') throw new AppError('vendor_refused');
      },
    },
    {
      recall: async () => ({ provider: 'local', token: 'old' }),
      remember: (resume) => remembered.push(resume),
    },
  );
  await session.start();
  expect(resumed).toEqual(['old', null]);
  emit({ type: 'resumable', token: 'new' });
  expect(remembered).toEqual([null, { provider: 'local', token: 'new' }]);
});
