import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdle } from '@/lib/panel/idle';
import { clockOf, costOf, createMeter } from '@/lib/panel/meter';
import { createSurroundings } from '@/lib/panel/surroundings';
import type { Activity, Session } from '@/lib/session/session';
import type { SessionState } from '@/lib/session/state';

let ended: string[];
let state = signal<SessionState>({ status: 'live' });
let activity = signal<Activity>('quiet');
let stops: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  ended = [];
  stops = [];
  state = signal<SessionState>({ status: 'live' });
  activity = signal<Activity>('quiet');
});
afterEach(() => {
  for (const stop of stops) stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const session = () =>
  ({
    state,
    activity,
    async end(by) {
      ended.push(by);
      state.value = { status: 'ended', ending: { by } };
    },
  }) as Pick<Session, 'state' | 'activity' | 'end'> as Session;

const seconds = async (number: number) => vi.advanceTimersByTimeAsync(number * 1000);

describe('silence', () => {
  function idleOf({ minutes = 3, abroad = true } = {}) {
    const warned: number[] = [];
    const idle = createIdle({
      session: session(),
      abroad: signal(abroad),
      minutes: signal(minutes),
      warn: (left) => warned.push(left),
      now: () => Date.now(),
    });
    stops.push(idle.dispose);
    return { idle, warned };
  }

  it('ends a session that costs, after a minute’s warning that is said aloud once', async () => {
    const { idle, warned } = idleOf();
    await seconds(119);
    expect([idle.left.value, warned]).toEqual([null, []]);
    await seconds(1);
    expect([idle.left.value, warned]).toEqual([60, [60]]);
    await seconds(45);
    expect([idle.left.value, warned]).toEqual([15, [60]]);
    await seconds(15);
    expect(ended).toEqual(['idle']);
    expect(idle.left.value).toBeNull();
  });

  it('is broken by one key, and begins anew', async () => {
    const { idle, warned } = idleOf();
    await seconds(170);
    idle.stir();
    expect(idle.left.value).toBeNull();
    await seconds(170);
    expect([ended, warned]).toEqual([[], [60, 60]]);
    await seconds(10);
    expect(ended).toEqual(['idle']);
  });

  it('does not count while somebody speaks or thinks', async () => {
    const { idle } = idleOf();
    activity.value = 'speaking';
    await seconds(600);
    expect([ended, idle.left.value]).toEqual([[], null]);
    activity.value = 'quiet';
    await seconds(179);
    expect(ended).toEqual([]);
    await seconds(1);
    expect(ended).toEqual(['idle']);
  });

  it('also runs while a lost line is sought: nobody may be there when it is found', async () => {
    idleOf();
    state.value = { status: 'reconnecting' };
    await seconds(180);
    expect(ended).toEqual(['idle']);
  });

  it.each([
    ['that costs nothing', { abroad: false }],
    ['whose reader does not want it', { minutes: 0 }],
  ])('never ends a session %s', async (_, options) => {
    const { idle } = idleOf(options);
    await seconds(3600);
    expect([ended, idle.slept(3_600_000)]).toEqual([[], true]);
  });

  it('ends what the computer slept through, and leaves what it only napped through', async () => {
    const { idle } = idleOf();
    await seconds(60);
    expect(idle.slept(100_000)).toBe(true);
    expect(idle.slept(121_000)).toBe(false);
    expect(ended).toEqual(['idle']);
  });
});

describe('the clock', () => {
  const rate = { amount: 0.1, currency: 'EUR' };
  it('runs from the first moment to the end, also over a lost line, and says what it costs', async () => {
    state.value = { status: 'connecting', step: 'grant', percent: null };
    const meter = createMeter({
      session: session(),
      abroad: signal(true),
      rate: signal(rate),
      language: 'en',
      now: () => Date.now(),
    });
    stops.push(meter.dispose);
    const reading = () => meter.clock.value + meter.cost.value;
    await seconds(5);
    expect(reading()).toBe('');
    state.value = { status: 'live' };
    await seconds(100);
    state.value = { status: 'reconnecting' };
    await seconds(10);
    state.value = { status: 'live' };
    await seconds(142);
    expect(reading()).toBe('4:12 · €0.42');
    state.value = { status: 'ended', ending: { by: 'user' } };
    expect(reading()).toBe('');
    state.value = { status: 'live' };
    expect(reading()).toBe('0:00 · €0.00');
  });

  it.each([
    [7, '0:07'],
    [252, '4:12'],
    [3852, '1:04:12'],
  ])('%i seconds are %s', (all, shown) => {
    expect(clockOf(all)).toBe(shown);
  });

  it('writes money as the reader’s language does', () => {
    expect(costOf(600, rate, 'de')).toMatch(/^1,00\s€$/u);
  });
});

describe('the computer', () => {
  function surroundingsOf() {
    const woke: number[] = [];
    const clock = { wall: 0, awake: 0 };
    const surroundings = createSurroundings(() => ({ ...clock }));
    stops.push(
      surroundings.dispose,
      surroundings.onWake((slept) => woke.push(slept)),
    );
    const pass = async (wall: number, awake = wall) => {
      clock.wall += wall;
      clock.awake += awake;
      await vi.advanceTimersByTimeAsync(5_000);
    };
    return { surroundings, woke, pass };
  }
  beforeEach(() => vi.stubGlobal('navigator', { onLine: true }));

  it('slept where the wall’s clock went on without ours', async () => {
    const { woke, pass } = surroundingsOf();
    await pass(5_000);
    await pass(65_000, 5_000);
    await pass(5_000);
    expect(woke).toEqual([60_000]);
  });

  it('slept where both went on and nothing ran: systems differ', async () => {
    const { woke, pass } = surroundingsOf();
    await pass(200_000);
    expect(woke).toEqual([200_000]);
  });

  it('did not sleep where a hidden page’s timers ran late, or a clock was set right', async () => {
    const { woke, pass } = surroundingsOf();
    await pass(60_000);
    await pass(8_000, 5_000);
    await pass(-3_600_000, 5_000);
    expect(woke).toEqual([]);
  });

  it('has a network or has none', async () => {
    const heard = new EventTarget();
    vi.stubGlobal('addEventListener', heard.addEventListener.bind(heard));
    vi.stubGlobal('removeEventListener', heard.removeEventListener.bind(heard));
    const { surroundings } = surroundingsOf();
    expect(surroundings.online.value).toBe(true);
    vi.stubGlobal('navigator', { onLine: false });
    heard.dispatchEvent(new Event('offline'));
    expect(surroundings.online.value).toBe(false);
    vi.stubGlobal('navigator', { onLine: true });
    heard.dispatchEvent(new Event('online'));
    expect(surroundings.online.value).toBe(true);
  });
});
