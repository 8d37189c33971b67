import type { Move } from '@/lib/face/curve';
import type { Expression } from '@/lib/face/expression';

/**
 * Where a point of the head lands in the picture, for this moment.
 *
 * Head space: the origin lies between the eyes, at half the head's height; the chin is 93 below,
 * the temples 60 to either side. The picture is 300 square, the head in its upper middle.
 */
export interface Head {
  /** On the rounded front of the face: turning moves the nose more than the ears. */
  readonly face: Move;
  /** How far the eyes roll back to keep looking at the reader while the head turns away. */
  readonly contact: readonly [x: number, y: number];
  /** At one depth, for what stands off the face: hair, ears, the tip of the nose. */
  at(depth: number): Move;
}

export function headOf(expression: Expression): Head {
  // Turned a little to the window at rest: a face seen dead straight is a passport.
  const yaw = -0.17 + expression.yaw * 0.4;
  const pitch = expression.pitch * 0.26;
  const roll = expression.roll * 0.19;
  const place = (x: number, y: number, z: number) => {
    const below = Math.max(0, (y - 34) / 59);
    const hung = y + expression.jaw * 9 * Math.min(1, below);
    const turned = x * Math.cos(yaw) + z * Math.sin(yaw);
    const nodded = hung * Math.cos(pitch) + z * Math.sin(pitch);
    // Tilting turns about the top of the spine, not about the nose.
    const fromNeck = nodded - 104;
    return [
      centre.x + scale * (turned * Math.cos(roll) - fromNeck * Math.sin(roll)),
      centre.y +
        scale * (turned * Math.sin(roll) + fromNeck * Math.cos(roll) + 104) -
        expression.breath * 1.6,
    ] as const;
  };
  return {
    face: (x, y) => place(x, y, depthOf(x, y)),
    contact: [-Math.sin(yaw) * 8, -Math.sin(pitch) * 7],
    at: (depth) => (x, y) => place(x, y, depth),
  };
}

const centre = { x: 150, y: 127 };
const scale = 0.88;

/** Half an egg: 58 deep at the bridge of the nose, nothing at the outline. */
function depthOf(x: number, y: number): number {
  return 58 * Math.sqrt(Math.max(0, 1 - (x / 66) ** 2 - (y / 112) ** 2));
}
