import {
  between,
  heightAt,
  point,
  roundBetween,
  trace,
  type Arc,
  type Point,
} from '@/lib/face/curve';
import type { Expression } from '@/lib/face/expression';
import type { Head } from '@/lib/face/head';
import type { Shape } from '@/lib/face/shape';
import type { Tones } from '@/lib/face/tones';

export type Side = 'Left' | 'Right';

/** One eye, from the lid to the lashes. */
export function drawEye(side: Side, expression: Expression, head: Head, tones: Tones): Shape[] {
  const eye = eyeSpan(side);
  const { cx, half } = eye;
  const { upper, lower, crease } = lidsOf(side, expression);
  const [x, y] = lookOf(eye, expression, head);
  const move = head.face;
  const within = (centre: Point, r: number) =>
    trace(roundBetween(upper, lower, eye, centre, r), move);
  return [
    {
      part: `lid${side}`,
      d: trace(between(crease, upper, cx, half + 1), move),
      fill: tones.faceShade,
    },
    {
      part: `white${side}`,
      d: trace(between(upper, lower, cx, half), move),
      fill: side === 'Left' ? tones.white : tones.whiteShade,
    },
    { part: `iris${side}`, d: within([x, y], 6.6), fill: tones.iris },
    { part: `pupil${side}`, d: within([x, y], 3.4), fill: tones.ink },
    { part: `glint${side}`, d: within([x - 2.2, y - 2.6], 1.7), fill: tones.glint },
    { part: `lash${side}`, d: trace(lashes(side, upper, eye), move), fill: tones.ink },
    {
      part: `under${side}`,
      d: trace(fold(lower, eye), move),
      fill: 'none',
      stroke: tones.faceDeep,
      width: 1,
    },
  ];
}

/** Where an eye sits: its middle, and half its width. Five of its widths make a head. */
export function eyeSpan(side: Side) {
  return { cx: side === 'Left' ? -27.5 : 27.5, half: 13 } as const;
}

/** The middle of the iris; `reach` is how far it may swim, 1 in a human eye. */
export function lookOf(
  eye: { readonly cx: number },
  { gazeX, gazeY }: Expression,
  head: Head,
  reach = 1,
): Point {
  return [
    eye.cx + reach * (gazeX * 5.4 + head.contact[0]),
    0.2 + reach * (gazeY * 3.8 + head.contact[1]),
  ];
}

/** The edges of an eye, left to right, and the crease above it. */
function lidsOf(side: Side, expression: Expression) {
  const open = side === 'Left' ? expression.lidLeft : expression.lidRight;
  // Looking down brings the lid along.
  const lid = Math.max(0, open) * (1 - Math.max(0, expression.gazeY) * 0.22);
  const top = (awake: number, shut: number) => shut + (awake - shut) * lid;
  const push = expression.squint * 2.6 + (1 - Math.min(1, lid)) * 0.6;
  const inner = 3.4;
  const outer = 0.4;
  const upper: Arc = [inner, top(-8.6, 6.4), top(-9.2, 6.6), outer];
  const lower: Arc = [inner, 7.6 - push, 7 - push, outer];
  const fold = -5 - (1 - lid) * 5;
  const crease: Arc = [inner - 3, upper[1] + fold, upper[2] + fold - 0.4, outer - 4];
  const fit = ([a, b, c, d]: Arc): Arc => (side === 'Left' ? [d, c, b, a] : [a, b, c, d]);
  return { upper: fit(upper), lower: fit(lower), crease: fit(crease) };
}

/** How high a brow stands at its inner end, its arch and its outer end. */
export function browHeights(side: Side, { browLeft, browRight, browTilt }: Expression) {
  const lift = -7 * (side === 'Left' ? browLeft : browRight);
  const tilt = -6 * browTilt;
  return {
    inner: -21 + lift + tilt,
    arch: -27 + lift * 1.1,
    outer: -19.5 + lift * 0.7 - tilt * 0.35,
  };
}

/** A brow: thick within, thin without, its height and slant from the expression. */
export function browOf(side: Side, expression: Expression): string {
  const { inner, arch, outer } = browHeights(side, expression);
  const at = (x: number, y: number) => point([side === 'Left' ? -x : x, y]);
  return (
    `M ${at(11.5, inner + 1)} C ${at(19, inner - 3)} ${at(31, arch - 1.5)} ${at(45, outer)} ` +
    `C ${at(34, arch + 5)} ${at(22, inner + 2.5)} ${at(12.5, inner + 6.5)} ` +
    `C ${at(11, inner + 5)} ${at(10.5, inner + 2.5)} ${at(11.5, inner + 1)} Z`
  );
}

/** The dark edge of the upper lid, heavier outwards, with a small flick beyond the corner. */
function lashes(side: Side, lid: Arc, { cx, half }: { cx: number; half: number }): string {
  const [a, b, c, d] = lid;
  const top: Arc =
    side === 'Left' ? [a - 2.9, b - 3.7, c - 2.6, d - 0.8] : [a - 0.8, b - 2.6, c - 3.7, d - 2.9];
  const outward = side === 'Left' ? -1 : 1;
  const corner = side === 'Left' ? a : d;
  const x = cx + outward * half;
  const flick = [
    [x - outward * 3, corner - 3.4],
    [x + outward * 1.6, corner - 1.2],
    [x - outward, corner + 0.8],
  ] as const;
  return `${between(top, lid, cx, half)} M ${flick.map(point).join(' L ')} Z`;
}

/** The fold under the eye. */
function fold(lower: Arc, { cx, half }: { cx: number; half: number }): string {
  const [a, b, c, d] = [-0.54, -0.18, 0.18, 0.54].map((along) =>
    point([cx + along * half, heightAt(lower, along) + 2.6]),
  );
  return `M ${a} C ${b} ${c} ${d}`;
}
