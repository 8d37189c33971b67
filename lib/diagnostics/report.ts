import { redact } from '@/lib/broker/report';
import type { LineState, Timeline } from '@/lib/diagnostics/last';
import { durations } from '@/lib/diagnostics/timeline';

/** What stands around a session. */
export interface Circumstances {
  readonly version: string;
  /** `navigator.userAgent` */
  readonly browser: string;
  readonly now: number;
}

/** For whoever helps, in English: no words that were said, no pages, nothing that opens a door. */
export function reportOf(
  timeline: Timeline | null,
  { version, browser, now }: Circumstances,
): string {
  const facts: [string, string | null][] = [
    ['Visavis', version],
    ['browser', browser],
    ['time', new Date(now).toISOString()],
  ];
  if (!timeline) return linesOf([...facts, ['session', 'none']]);
  const { provider, begun, entries, line, token, details } = timeline;
  const spent = durations(entries);
  return redact(
    [
      linesOf([
        ...facts,
        // An avatar's name can be somebody's; the maker's is enough to help.
        ['avatar', provider],
        ['begun', new Date(begun).toISOString()],
        ['token', token && tokenLine(token, now)],
        ...Object.entries(details),
      ]),
      entries
        .map(({ what, at, note }, index) => {
          const took = spent[index];
          const lasted = took === null || took === undefined ? '' : ` (${Math.round(took)} ms)`;
          return `${String(Math.round(at)).padStart(8)} ms  ${what}${note ? ` ${note}` : ''}${lasted}`;
        })
        .join('\n'),
      line ? linesOf(lineFacts(line)) : 'line: not measured',
    ].join('\n\n'),
    [],
  );
}

export function lineFacts(line: LineState): [string, string | null][] {
  const { bitrate, loss, roundTrip, jitter, frames, framesDropped, framesPerSecond } = line;
  const unit = (value: number | null, name: string) => value !== null && `${value} ${name}`;
  const facts: [string, string | null | false][] = [
    ['bitrate', unit(bitrate, 'kbit/s')],
    ['loss', unit(loss, '%')],
    ['round trip', unit(roundTrip, 'ms')],
    ['jitter', unit(jitter, 'ms')],
    ['frames', frames !== null && `${frames}, ${framesDropped ?? 0} dropped`],
    ['frame rate', unit(framesPerSecond, 'a second')],
    ['picture', line.picture],
    ['way', line.way],
  ];
  return facts.map(([name, value]) => [name, value || null]);
}

export function tokenLine({ granted, expires }: { granted: number; expires: number }, now: number) {
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
  const left = expires - now;
  return `${seconds(now - granted)} old, ${left > 0 ? `${seconds(left)} left` : 'over'}`;
}

function linesOf(facts: readonly (readonly [string, string | null])[]): string {
  return facts.flatMap(([name, value]) => (value === null ? [] : `${name}: ${value}`)).join('\n');
}
