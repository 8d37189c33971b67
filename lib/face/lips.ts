import { point, trace, type Move } from '@/lib/face/curve';
import type { Expression } from '@/lib/face/expression';
import type { Shape } from '@/lib/face/shape';
import type { Tones } from '@/lib/face/tones';

/** The opening (`mouth`) with the tongue and the teeth in it. Shut, it is a hair's breadth high. */
export function drawOpening(expression: Expression, move: Move, tones: Tones): Shape[] {
  const { upper, lower } = lipsOf(expression);
  const open = Math.max(0.01, lower.mid - upper.mid);
  const bite = Math.min(0.9, (expression.teeth * 6.5) / open);
  const swell = Math.min(0.85, (expression.tongue * 8 + Math.max(0, open - 12) * 0.45) / open);
  const draw = (from: Edge, to: Edge) => trace(gap(from, to), move);
  return [
    { part: 'mouth', d: draw(upper, lower), fill: tones.mouth },
    { part: 'tongue', d: draw(between(upper, lower, 1 - swell), lower), fill: tones.tongue },
    { part: 'teeth', d: draw(upper, between(upper, lower, bite)), fill: tones.teeth },
  ];
}

/** The lips around the opening. */
export function drawLips(expression: Expression, move: Move, tones: Tones): Shape[] {
  const lips = lipsOf(expression);
  const line = 1.5 - 0.5 * Math.min(1, expression.jaw * 2);
  return [
    { part: 'lipLower', d: trace(lowerLip(lips), move), fill: tones.lipLower },
    { part: 'lipUpper', d: trace(upperLip(lips), move), fill: tones.lipUpper },
    {
      part: 'lipLine',
      d: trace(parting(lips), move),
      fill: 'none',
      stroke: tones.line,
      width: line,
    },
    { part: 'chinShade', d: trace(below(lips), move), fill: tones.faceShade },
  ];
}

/** One rim of the opening, from corner to corner. */
interface Edge {
  /** Half its width. */
  readonly half: number;
  /** Heights at the corners and in the middle. */
  readonly corner: number;
  readonly mid: number;
  /** How far out the curve keeps its height, in halves: more is rounder. */
  readonly bulge: number;
}

type Lips = ReturnType<typeof lipsOf>;

/** Where the lips are. Their middle lies 51 below the eyes, a third of the way from nose to chin. */
function lipsOf({ jaw, wide, round, press, teeth, tuck, smile }: Expression) {
  const y = 51;
  const half = 21.5 * (1 + 0.2 * wide - 0.42 * round + 0.1 * smile - 0.06 * jaw);
  const corner = y - 5.6 * smile * (1 - 0.7 * round) + jaw * 2;
  const bulge = 0.52 + 0.3 * round;
  const opening = jaw * (23 + round * 3);
  // A relaxed jaw drops away from the upper lip; rounded lips open both ways, into a ring.
  const rise = opening * (0.16 + 0.26 * round) + teeth * Math.min(1, jaw * 4) * 1.4;
  const parted = y + smile * 1.2 - rise;
  const upper: Edge = { half, corner, mid: parted, bulge };
  const lower: Edge = { half, corner, mid: Math.max(parted, parted + opening - tuck * 0.8), bulge };
  return {
    upper,
    lower,
    /** How far the red of the lips reaches beyond the opening: at the sides, above and beneath. */
    beside: 3 * round * Math.min(1, jaw * 3),
    above: 6.2 * (1 - 0.5 * press) * (1 + 0.15 * round - 0.12 * jaw),
    beneath: 8 * (1 - 0.45 * press) * (1 + 0.05 * round - 0.1 * jaw) * (1 - 0.4 * tuck),
    corners: 2 * (1 - round),
  };
}

function upperLip({ upper, above, beside }: Lips): string {
  const { half, corner, mid, bulge } = upper;
  const side = half + beside;
  const top = mid - above;
  const shoulder = top + above * 0.34 * (1 - bulge);
  const at = (x: number, height: number) => point([x * side, height]);
  return (
    `M ${at(-1, corner)} C ${at(-0.08 - bulge, shoulder)} ${at(-0.34, top - 1)} ${at(-0.2, top - 0.6)} ` +
    `C ${at(-0.1, top)} ${at(0.1, top)} ${at(0.2, top - 0.6)} ` +
    `C ${at(0.34, top - 1)} ${at(0.08 + bulge, shoulder)} ${at(1, corner)} ` +
    `L ${point([half, corner])} ${back(upper)} Z`
  );
}

function lowerLip({ lower, beneath, beside }: Lips): string {
  const rim: Edge = {
    half: lower.half + beside,
    corner: lower.corner,
    mid: lower.mid + beneath,
    bulge: lower.bulge + 0.1,
  };
  return gap(rim, lower);
}

/** The line where the lips meet, and a small turn at each corner. */
function parting({ upper, corners }: Lips): string {
  const { half, corner } = upper;
  return (
    `M ${point([-half - corners, corner - 0.8])} L ${point([-half, corner])} ${forth(upper)} ` +
    `L ${point([half + corners, corner - 0.8])}`
  );
}

/** The small shadow under the lower lip. */
function below({ lower, beneath }: Lips): string {
  const y = lower.mid + beneath + 2.4;
  const at = (x: number, down: number) => point([x * lower.half, y + down]);
  return (
    `M ${at(-0.5, 0)} C ${at(-0.2, 4.4)} ${at(0.3, 4.4)} ${at(0.5, 0)} ` +
    `C ${at(0.2, 1.2)} ${at(-0.2, 1.2)} ${at(-0.5, 0)} Z`
  );
}

/** What lies between two rims. */
function gap(one: Edge, other: Edge): string {
  const start = point([-one.half, one.corner]);
  return `M ${start} ${forth(one)} L ${point([other.half, other.corner])} ${back(other)} Z`;
}

/** Along a rim from the left corner to the right. */
function forth(edge: Edge): string {
  const { half, corner, bulge } = edge;
  const y = handle(edge);
  return `C ${point([-half * bulge, y])} ${point([half * bulge, y])} ${point([half, corner])}`;
}

function back(edge: Edge): string {
  const { half, corner, bulge } = edge;
  const y = handle(edge);
  return `C ${point([half * bulge, y])} ${point([-half * bulge, y])} ${point([-half, corner])}`;
}

/** The height of the two handles that brings a cubic through `mid`. */
function handle({ corner, mid }: Edge): number {
  return (4 * mid - corner) / 3;
}

function between(one: Edge, other: Edge, share: number): Edge {
  return { ...one, mid: one.mid + (other.mid - one.mid) * share };
}
