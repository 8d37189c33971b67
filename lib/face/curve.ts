/** x to the right, y down. */
export type Point = readonly [x: number, y: number];
export type Move = (x: number, y: number) => Point;

/**
 * A drawing whose points move: path data with absolute `x y` pairs goes in, the same path with
 * every point moved comes out.
 */
export function trace(art: string, move: Move): string {
  return art.replaceAll(pair, (_, x: string, y: string) => point(move(Number(x), Number(y))));
}

/** The pair as path data; hundredths are finer than any screen shows. */
export function point([x, y]: Point): string {
  return `${round(x)} ${round(y)}`;
}

/** A cubic curve over x from -1 to 1, kept by its four heights: x runs evenly along it. */
export type Arc = readonly [number, number, number, number];

/** The arc's height at x, -1 to 1. */
export function heightAt([a, b, c, d]: Arc, x: number): number {
  const t = (Math.min(1, Math.max(-1, x)) + 1) / 2;
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

/** The area between two arcs, `half` wide to either side of `cx`. */
export function between(upper: Arc, lower: Arc, cx: number, half: number): string {
  const x = [-1, -1 / 3, 1 / 3, 1].map((unit) => cx + unit * half);
  const at = (arc: Arc, i: number) => point([x[i] ?? cx, arc[i] ?? 0]);
  return (
    `M ${at(upper, 0)} C ${at(upper, 1)} ${at(upper, 2)} ${at(upper, 3)} ` +
    `L ${at(lower, 3)} C ${at(lower, 2)} ${at(lower, 1)} ${at(lower, 0)} Z`
  );
}

/** Handles this long, in radii, make four cubics a circle, within 0.03 %. */
export const roundness = 0.5523;

export function circle(cx: number, cy: number, r: number): string {
  const k = r * roundness;
  const at = (x: number, y: number) => point([cx + x, cy + y]);
  return (
    `M ${at(-r, 0)} C ${at(-r, -k)} ${at(-k, -r)} ${at(0, -r)} C ${at(k, -r)} ${at(r, -k)} ${at(r, 0)} ` +
    `C ${at(r, k)} ${at(k, r)} ${at(0, r)} C ${at(-k, r)} ${at(-r, k)} ${at(-r, 0)} Z`
  );
}

/** A round of radius `r`, as far as it lies between two arcs drawn `half` wide around (cx, 0). */
export function roundBetween(
  upper: Arc,
  lower: Arc,
  eye: { readonly cx: number; readonly half: number },
  centre: Point,
  r: number,
): string {
  const corners = Array.from({ length: 24 }, (_, i): Point => {
    const angle = (i / 24) * 2 * Math.PI;
    const x = Math.min(
      eye.cx + eye.half,
      Math.max(eye.cx - eye.half, centre[0] + r * Math.cos(angle)),
    );
    const along = (x - eye.cx) / eye.half;
    const top = heightAt(upper, along);
    const bottom = Math.max(top, heightAt(lower, along));
    return [x, Math.min(bottom, Math.max(top, centre[1] + r * Math.sin(angle)))];
  });
  return `M ${corners.map(point).join(' L ')} Z`;
}

const pair = /(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)/gu;

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
