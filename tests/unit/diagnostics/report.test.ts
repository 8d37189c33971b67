import { signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import type { Timeline } from '@/lib/diagnostics/last';
import { readLine } from '@/lib/diagnostics/line';
import { reportOf } from '@/lib/diagnostics/report';
import { AppError } from '@/lib/errors';
import { recordTimeline } from '@/lib/panel/recording';
import { createStandings } from '@/lib/panel/standing';
import type { ProviderId } from '@/lib/session/provider';
import type { Activity, Session } from '@/lib/session/session';
import type { SessionState } from '@/lib/session/state';
import { companyOf } from '@/tests/contract/company';

const state = signal<SessionState>({ status: 'idle' });
const activity = signal<Activity>('quiet');
const allowance = signal<never>(null as never);

function record() {
  const kept: Timeline[] = [];
  let clock = 1000;
  const standings = createStandings();
  const session = {
    state,
    activity,
    provider: signal<ProviderId | null>('soul-machines'),
    measure: async () => null,
  } as Pick<Session, 'state' | 'activity' | 'provider' | 'measure'> as Session;
  const stop = recordTimeline({
    session,
    choice: companyOf(),
    standings,
    keeping: { allowance },
    keep: (timeline) => kept.push(timeline),
    now: () => clock,
  });
  return {
    standings,
    stop,
    pass: (ms: number) => {
      clock += ms;
    },
    last: () => kept.at(-1),
  };
}

it('has each step with its milliseconds, the wait for the first word, and why it ended', () => {
  const { pass, last, stop, standings } = record();
  state.value = { status: 'connecting', step: 'grant', percent: null };
  pass(120);
  state.value = { status: 'connecting', step: 'media', percent: 20 };
  pass(300);
  state.value = { status: 'connecting', step: 'media', percent: 80 };
  standings.stood({ type: 'details', details: { sdk: '15.8.1' } });
  pass(80);
  state.value = { status: 'live' };
  pass(5_000);
  activity.value = 'thinking';
  pass(700);
  activity.value = 'speaking';
  pass(60_000);
  state.value = { status: 'reconnecting' };
  pass(4_000);
  state.value = { status: 'ended', ending: { by: 'error', error: new AppError('vendor_lost') } };
  stop();
  const entries = last()?.entries.map(({ what, at, note }) => [what, at, note]);
  expect(entries).toEqual([
    ['grant', 0, null],
    ['media', 120, '80 %'],
    ['live', 500, null],
    ['asked', 5_500, null],
    ['answered', 6_200, null],
    ['reconnecting', 66_200, null],
    ['ended', 70_200, 'vendor_lost'],
  ]);
  expect(last()).toMatchObject({ avatar: 'Nova', details: { sdk: '15.8.1' } });

  const report = reportOf(last() ?? null, { version: '1.2.3', browser: 'Test', now: Date.now() });
  expect(report).toMatch(/Visavis: 1\.2\.3/u);
  expect(report).toMatch(/6200 ms {2}answered \(60000 ms\)/u);
  expect(report).toContain('ended vendor_lost');
  expect(report).toContain('sdk: 15.8.1');
  expect(report).not.toContain('Nova');
});

it('shows how old what lets it in is, and never what that is', () => {
  vi.setSystemTime(100_000);
  const timeline: Timeline = {
    provider: 'inworld',
    avatar: 'Sage',
    begun: 0,
    entries: [],
    line: null,
    token: { granted: 40_000, expires: 220_000 },
    details: { odd: 'Bearer abc.def.ghi', other: 'eyJhbGciOi.eyJzdWIi.c2ln' },
  };
  const report = reportOf(timeline, { version: '1', browser: 'Test', now: Date.now() });
  expect(report).toContain('token: 60 s old, 120 s left');
  expect(report).not.toMatch(/abc\.def|eyJ/u);
  expect(reportOf(timeline, { version: '1', browser: 'Test', now: 300_000 })).toContain('over');
  vi.useRealTimers();
});

it('reads the browser’s counters of the line', () => {
  const stats = (bytes: number, at: number) => [
    [
      'v',
      {
        type: 'inbound-rtp',
        kind: 'video',
        bytesReceived: bytes,
        packetsLost: 2,
        packetsReceived: 98,
        timestamp: at,
        framesDecoded: 250,
        framesDropped: 3,
        framesPerSecond: 25,
        frameWidth: 640,
        frameHeight: 480,
        jitter: 0.012,
      },
    ] as const,
    [
      'p',
      {
        type: 'candidate-pair',
        nominated: true,
        state: 'succeeded',
        currentRoundTripTime: 0.034,
        localCandidateId: 'l',
      },
    ] as const,
    ['l', { type: 'local-candidate', id: 'l', candidateType: 'relay', protocol: 'udp' }] as const,
  ];
  const first = readLine(stats(100_000, 1_000), null);
  expect(first.state.bitrate).toBeNull();
  expect(readLine(stats(225_000, 2_000), first).state).toEqual({
    bitrate: 1000,
    loss: 2,
    roundTrip: 34,
    jitter: 12,
    frames: 250,
    framesDropped: 3,
    framesPerSecond: 25,
    picture: '640 × 480',
    way: 'relay udp',
  });
  expect(readLine([], null).state.loss).toBeNull();
});
