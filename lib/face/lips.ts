import { trace, type Move } from '@/lib/face/curve';
import type { Expression } from '@/lib/face/expression';
import type { Shape } from '@/lib/face/shape';
import type { Tones } from '@/lib/face/tones';

/** The opening (`mouth`) with the teeth and the tongue in it. Shut, it is a hair's breadth high. */
export function drawOpening(expression: Expression, move: Move, tones: Tones): Shape[] {
  const { upperIn, lowerIn } = lipsOf(expression);
  const open = Math.max(0.01, lowerIn.mid - upperIn.mid);
  const bite = Math.min(0.9, (expression.teeth * 6.5) / open);
  const swell = Math.min(0.85, (expression.tongue * 8 + Math.max(0, open - 12) * 0.45) / open);
  const draw = (upper: Edge, lower: Edge) => trace(ring(upper, lower), move);
  return [
    { part: 'mouth', d: draw(upperIn, lowerIn), fill: tones.mouth },
    { part: 'tongue', d: draw(mid(upperIn, lowerIn, 1 - swell), lowerIn), fill: tones.tongue },
    { part: 'teeth', d: draw(upperIn, mid(upperIn, lowerIn, bite)), fill: tones.teeth },
  ];
}

/** The lips around the opening. */
export function drawLips(expression: Expression, move: Move, tones: Tones): Shape[] {
  const lips = lipsOf(expression);
  return [
    { part: 'lipLower', d: trace(lowerLip(lips), move), fill: tones.lipLower },
    { part: 'lipUpper', d: trace(upperLip(lips), move), fill: tones.lipUpper },
    {
      part: 'lipLine',
      d: trace(parting(expression), move),
      fill: 'none',
      stroke: tones.line,
      width: 1.5,
    },
    { part: 'chinShade', d: trace(below(lips), move), fill: tones.faceShade },
  ];
}

/** The line where closed lips meet, and a small turn at each corner. */
export function parting(expression: Expression): string {
  const { half, corner, mid } = lipsOf(expression).upperIn;
  return `M ${f(-half - 2)} ${f(corner - 0.8)} L ${f(-half)} ${f(corner)} ${forth({ half, corner, mid })} L ${f(half + 2)} ${f(corner - 0.8)}`;
}

interface Edge {
  /** Half its width. */
  readonly half: number;
  /** Heights at the corners and in the middle. */
  readonly corner: number;
  readonly mid: number;
}

type Lips = ReturnType<typeof lipsOf>;

function lipsOf({ jaw, wide, round, press, teeth, tuck, smile }: Expression) {
  const half = 21.5 * (1 + 0.2 * wide - 0.4 * round + 0.1 * smile - 0.06 * jaw);
  const y = 51;
  const corner = y - 5.6 * smile + jaw * 2 * (1 - round);
  const opening = jaw * (23 + round * 4);
  const part = y + smile * 1.2 - opening * 0.16 - teeth * Math.min(1, jaw * 4) * 1.4;
  const upperIn: Edge = { half, corner, mid: part };
  const lowerIn: Edge = { half, corner, mid: Math.max(part, part + opening - tuck * 0.8) };
  return {
    upperIn,
    lowerIn,
    above: 6.2 * (1 - 0.5 * press) * (1 + 0.25 * round - 0.12 * jaw),
    beneath: 8 * (1 - 0.45 * press) * (1 + 0.3 * round - 0.1 * jaw) * (1 - 0.35 * tuck),
  };
}

function upperLip({ upperIn, above }: Lips): string {
  const { half, corner, mid } = upperIn;
  const top = mid - above;
  return (
    `M ${f(-half)} ${f(corner)} C ${f(-half * 0.6)} ${f(top + above * 0.34)} ${f(-half * 0.34)} ${f(top - 1)} ${f(-half * 0.2)} ${f(top - 0.6)} ` +
    `C ${f(-half * 0.1)} ${f(top)} ${f(half * 0.1)} ${f(top)} ${f(half * 0.2)} ${f(top - 0.6)} ` +
    `C ${f(half * 0.34)} ${f(top - 1)} ${f(half * 0.6)} ${f(top + above * 0.34)} ${f(half)} ${f(corner)} ${back(upperIn)} Z`
  );
}

function lowerLip({ lowerIn, beneath }: Lips): string {
  const { half, corner, mid } = lowerIn;
  const bottom = lift(corner, mid + beneath);
  return `M ${f(-half)} ${f(corner)} C ${f(-half * 0.62)} ${f(bottom)} ${f(half * 0.62)} ${f(bottom)} ${f(half)} ${f(corner)} ${back(lowerIn)} Z`;
}

function below({ lowerIn, beneath }: Lips): string {
  const y = lowerIn.mid + beneath + 2.4;
  const half = lowerIn.half * 0.5;
  return `M ${f(-half)} ${f(y)} C ${f(-half * 0.4)} ${f(y + 4.4)} ${f(half * 0.6)} ${f(y + 4.4)} ${f(half)} ${f(y)} C ${f(half * 0.4)} ${f(y + 1.2)} ${f(-half * 0.4)} ${f(y + 1.2)} ${f(-half)} ${f(y)} Z`;
}

function ring(upper: Edge, lower: Edge): string {
  return `M ${f(-upper.half)} ${f(upper.corner)} ${forth(upper)} ${back(lower)} Z`;
}

/** Along an edge from the left corner to the right. */
function forth({ half, corner, mid }: Edge): string {
  const y = lift(corner, mid);
  return `C ${f(-half * 0.52)} ${f(y)} ${f(half * 0.52)} ${f(y)} ${f(half)} ${f(corner)}`;
}

function back({ half, corner, mid }: Edge): string {
  const y = lift(corner, mid);
  return `C ${f(half * 0.52)} ${f(y)} ${f(-half * 0.52)} ${f(y)} ${f(-half)} ${f(corner)}`;
}

/** The height of the two handles that brings a cubic through `mid`. */
function lift(corner: number, mid: number): number {
  return (4 * mid - corner) / 3;
}

function mid(one: Edge, other: Edge, share: number): Edge {
  return { ...one, mid: one.mid + (other.mid - one.mid) * share };
}

function f(value: number): string {
  return value.toFixed(2);
}
