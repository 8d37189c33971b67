import type { Viseme, VisemeCue } from '@/lib/face/cue';
import { shut, type Mouth } from '@/lib/face/expression';
import { mouths } from '@/lib/face/faces';

/**
 * The mouth at a moment. Pure: the same cues (in order of `at`) and `now` give the same mouth, so
 * any frame can be asked for, in any order.
 *
 * The lips shape themselves by dominance, as in Cohen & Massaro, "Modeling coarticulation in
 * synthetic visual speech" (1993): each cue pulls with a strength that falls off with its distance
 * in time. The jaw takes the fastest path that a jaw of limited speed can take while still reaching
 * every closure, so p, b and m close fully, and a train of cues too fast to speak blurs instead of
 * chattering.
 */
export function mouthAt(cues: readonly VisemeCue[], now: number): Mouth {
  if (cues.length === 0) return shut;
  const heard = now + lead;
  const spans = spansOf(cues, heard);
  const pulls = spans.map(
    (span) => dominance[span.viseme] * span.weight * Math.exp(-distance(span, heard) / fade),
  );
  const total = pulls.reduce((sum, pull) => sum + pull, 0);
  const blend = (part: keyof Mouth) =>
    spans.reduce((sum, span, i) => sum + mouths[span.viseme][part] * (pulls[i] ?? 0), 0) / total;
  return {
    jaw: jawAt(spans, heard),
    wide: blend('wide'),
    round: blend('round'),
    press: blend('press'),
    teeth: blend('teeth'),
    tuck: blend('tuck'),
    tongue: blend('tongue'),
  };
}

/** When the last of the cues has been spoken and the mouth has come to rest, on the cues' clock. */
export function silentFrom(cues: readonly VisemeCue[]): number {
  const last = cues.at(-1);
  return last === undefined ? -Infinity : last.at + lastHolds + settles;
}

/** Milliseconds the lips run ahead of the sound (LOOK.md; listeners expect 0 to 100). */
const lead = 60;
/** A last cue that no silence follows is let go after this many milliseconds. */
const lastHolds = 140;
const settles = 260;
/** Milliseconds in which a cue's pull falls to a third; no blend can be quicker than twice that. */
const fade = 32;
/** Milliseconds from closed lips to a full "ah": jaws do 5 to 6 such cycles a second. */
const stroke = 90;
/** Half the window over which the jaw's path is rounded off. */
const ease = 24;

/** How much a sound insists on its own lips. Sounds made with the lips do; "h" and "k" do not. */
const dominance: Readonly<Record<Viseme, number>> = {
  sil: 0.5,
  PP: 6,
  FF: 6,
  TH: 2,
  DD: 1,
  kk: 0.6,
  CH: 2,
  SS: 1.4,
  nn: 1,
  RR: 1.4,
  aa: 1.2,
  E: 1,
  I: 1.2,
  O: 2,
  U: 2.4,
};

interface Span {
  readonly viseme: Viseme;
  readonly weight: number;
  readonly from: number;
  readonly until: number;
}

/** The cues near a moment, each as long as it lasts, with the silence before and after. */
function spansOf(cues: readonly VisemeCue[], heard: number): Span[] {
  const reach = 500;
  const first = cues[0]?.at ?? heard;
  const end = (cues.at(-1)?.at ?? heard) + lastHolds;
  const spans: Span[] = [
    { viseme: 'sil', weight: 1, from: -Infinity, until: first },
    { viseme: 'sil', weight: 1, from: Math.max(first, end), until: Infinity },
  ];
  for (const [i, { viseme, at, weight }] of cues.entries()) {
    const until = Math.max(at, cues[i + 1]?.at ?? end);
    if (at > heard + reach) break;
    if (until < heard - reach) continue;
    spans.push({ viseme, weight: 0.2 + 0.8 * weight, from: at, until });
  }
  return spans;
}

/** Milliseconds from a moment to the nearest end of a span; 0 within it. */
function distance({ from, until }: Span, at: number): number {
  return Math.max(0, from - at, at - until);
}

/** The highest the jaw can be without breaking its speed limit or missing a closure, rounded off. */
function jawAt(spans: readonly Span[], heard: number): number {
  const highest = (at: number) =>
    Math.min(
      1,
      ...spans.map((span) => mouths[span.viseme].jaw * span.weight + distance(span, at) / stroke),
    );
  // A mean of paths within the limit is within it as well.
  const steps = [-1, -0.5, 0, 0.5, 1];
  return steps.reduce((sum, step) => sum + highest(heard + step * ease), 0) / steps.length;
}
