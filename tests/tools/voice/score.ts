import {
  activityRate,
  createActivity,
  frameLength,
  type ActivityOptions,
  type Turn,
} from '../../../lib/ears/activity';

/** A turn and when it was known, both in ms of the sound. */
export type Found = Turn & { readonly known: number };

/** All turns in a sound at 16 kHz. */
export function turnsIn(samples: Float32Array, options: ActivityOptions = {}): Found[] {
  const activity = createActivity(options);
  const found: Found[] = [];
  for (let at = 0; at + frameLength <= samples.length; at += frameLength) {
    const turn = activity.push(samples.subarray(at, at + frameLength));
    const known = ((at + frameLength) / activityRate) * 1000;
    if (turn) found.push({ ...turn, known });
  }
  return found;
}

/** Nearest rank; of nothing, null. */
export function percentile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}
