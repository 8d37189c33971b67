import type { Entry, Timeline } from '@/lib/diagnostics/last';

/** Written by the panel, which has no use for the schema it is read with. */
export const key = 'timeline';

export function keepTimeline(timeline: Timeline): void {
  globalThis.localStorage?.setItem(key, JSON.stringify(timeline));
}

/** How long each step took: until the next one began; null for the last. */
export function durations(entries: readonly Entry[]): readonly (number | null)[] {
  return entries.map(({ at }, index) => {
    const next = entries[index + 1];
    return next ? next.at - at : null;
  });
}
