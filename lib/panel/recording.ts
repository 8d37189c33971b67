import { effect } from '@preact/signals';
import type { Choice } from '@/lib/avatar/choice';
import type { Keeping } from '@/lib/avatar/keeping';
import { readLine, type Counted } from '@/lib/diagnostics/line';
import type { Entry, Timeline } from '@/lib/diagnostics/last';
import { keepTimeline } from '@/lib/diagnostics/timeline';
import type { Standings } from '@/lib/panel/standing';
import type { Session } from '@/lib/session/session';
import type { SessionState } from '@/lib/session/state';

export interface RecordingOptions {
  readonly session: Session;
  readonly choice: Choice;
  readonly standings: Standings;
  readonly keeping: Pick<Keeping, 'allowance'> | null;
  readonly keep?: (timeline: Timeline) => void;
  readonly now?: () => number;
}

/** A session that goes on for hours keeps its beginning and its latest. */
const most = 200;
/** Between two readings of the line, ms. */
const often = 5_000;

/** Writes down what happens in the session, for the page of diagnostics. @returns the way to stop. */
export function recordTimeline(options: RecordingOptions): () => void {
  const { session, choice, standings, keeping, keep = keepTimeline } = options;
  const { now = () => performance.now() } = options;
  let timeline: Timeline | null = null;
  let began = 0;
  let counted: Counted | null = null;
  let wasThinking = false;

  const change = (changed: Partial<Timeline>) => {
    if (!timeline) return;
    timeline = { ...timeline, ...changed };
    keep(timeline);
  };

  function note(what: Entry['what'], why: string | null = null): void {
    if (!timeline) return;
    const last = timeline.entries.at(-1);
    const entry = { what, at: now() - began, note: why };
    if (last?.what === what) {
      // The same step, further on.
      const before = timeline.entries.slice(0, -1);
      if (why !== null) change({ entries: [...before, { ...last, note: why }] });
      return;
    }
    const entries = [...timeline.entries, entry];
    change({ entries: entries.length > most ? entries.toSpliced(most / 2, 1) : entries });
  }

  function begin(): void {
    const { provider, name } = choice.current.peek();
    began = now();
    counted = null;
    timeline = {
      provider,
      avatar: name,
      begun: Date.now(),
      entries: [],
      line: null,
      token: null,
      details: {},
    };
  }

  function hear(state: SessionState): void {
    switch (state.status) {
      case 'idle':
        return;
      case 'connecting':
        if (!timeline || timeline.entries.at(-1)?.what === 'ended') begin();
        note(state.step, state.percent === null ? null : `${Math.round(state.percent)} %`);
        return;
      case 'live':
      case 'reconnecting':
        note(state.status);
        return;
      case 'ended': {
        const { ending } = state;
        note('ended', ending.by === 'error' ? ending.error.code : `by ${ending.by}`);
      }
    }
  }

  async function measure(): Promise<void> {
    const stats = await session.measure().catch(() => null);
    if (!stats) return;
    counted = readLine(stats.entries(), counted);
    change({ line: counted.state });
  }

  const stops = [
    effect(() => hear(session.state.value)),
    effect(() => {
      const isThinking = session.activity.value === 'thinking';
      if (isThinking === wasThinking) return;
      wasThinking = isThinking;
      if (session.state.peek().status === 'live') note(isThinking ? 'asked' : 'answered');
    }),
    effect(() => {
      const allowance = keeping?.allowance.value;
      if (!allowance) return;
      const { granted, expires } = allowance;
      change({ token: { granted, expires } });
    }),
    effect(() => {
      change({ details: { ...standings.details.value } });
    }),
    effect(() => {
      if (session.state.value.status !== 'live' || session.provider.value === 'local')
        return undefined;
      const timer = setInterval(() => void measure(), often);
      return () => clearInterval(timer);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
