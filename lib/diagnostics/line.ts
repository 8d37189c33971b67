import type { LineState } from '@/lib/diagnostics/last';

/** One reading of the browser's own counters; rates need two. */
export interface Counted {
  readonly state: LineState;
  readonly bytes: number;
  /** ms */
  readonly at: number;
}

/** @param before - the reading before this one; null at the first. */
export function readLine(
  stats: Iterable<readonly [string, unknown]>,
  before: Counted | null,
): Counted {
  const all = [...stats].map(([, one]) => one as Readonly<Record<string, unknown>>);
  const of = (type: string) => all.filter((one) => one['type'] === type);
  const incoming = of('inbound-rtp');
  const video = incoming.find((one) => one['kind'] === 'video') ?? {};
  const pair = of('candidate-pair').find(
    (one) => one['nominated'] === true && one['state'] === 'succeeded',
  );
  const local = of('local-candidate').find((one) => one['id'] === pair?.['localCandidateId']);
  const bytes = sum(incoming, 'bytesReceived');
  const at = Math.max(0, ...incoming.map((one) => number(one['timestamp']) ?? 0));
  const [lost, received] = [sum(incoming, 'packetsLost'), sum(incoming, 'packetsReceived')];
  const [width, height] = [number(video['frameWidth']), number(video['frameHeight'])];
  const roundTrip = number(pair?.['currentRoundTripTime']);
  const jitter = number(video['jitter']);
  return {
    bytes,
    at,
    state: {
      bitrate:
        before && at > before.at
          ? Math.round(((bytes - before.bytes) * 8) / (at - before.at))
          : null,
      loss: lost + received > 0 ? Math.round((lost / (lost + received)) * 1000) / 10 : null,
      roundTrip: roundTrip === null ? null : Math.round(roundTrip * 1000),
      jitter: jitter === null ? null : Math.round(jitter * 1000),
      frames: number(video['framesDecoded']),
      framesDropped: number(video['framesDropped']),
      framesPerSecond: number(video['framesPerSecond']),
      picture: width === null || height === null ? null : `${width} × ${height}`,
      way: local ? [local['candidateType'], local['protocol']].filter(Boolean).join(' ') : null,
    },
  };
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function sum(all: readonly Readonly<Record<string, unknown>>[], name: string): number {
  return all.reduce((total, one) => total + (number(one[name]) ?? 0), 0);
}
