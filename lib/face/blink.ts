import { chance } from '@/lib/face/chance';

/**
 * How far the lids are shut at a moment, 0 to 1. There is one blink to every four seconds, moved
 * by up to two: so they lie 2 to 6 seconds apart. About one in six is double.
 */
export function blinkAt(seed: number, now: number): number {
  return Math.max(0, ...blinksNear(seed, now).map((start) => shutAt(now - start)));
}

/** Milliseconds until the lids next move; 0 while they do. */
export function untilBlink(seed: number, now: number): number {
  const ahead = blinksNear(seed, now).filter((start) => start + lasts > now);
  return Math.max(0, Math.min(...ahead) - now);
}

const every = 4000;
const spread = 2000;
/** Shutting is quicker than opening (measured blinks: some 75 and 150 ms). */
const shuts = 75;
const opens = 145;
const lasts = shuts + opens;
const again = 320;

function blinksNear(seed: number, now: number): number[] {
  const here = Math.floor(now / every);
  return [here - 1, here, here + 1].flatMap((slot) => {
    const start = slot * every + spread * chance(seed, slot * 2);
    return chance(seed, slot * 2 + 1) < 1 / 6 ? [start, start + again] : [start];
  });
}

function shutAt(since: number): number {
  if (since < 0 || since > lasts) return 0;
  const share = since < shuts ? since / shuts : (lasts - since) / opens;
  return share * share * (3 - 2 * share);
}
