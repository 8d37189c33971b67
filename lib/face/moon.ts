import { circle, point, roundness, trace } from '@/lib/face/curve';
import type { Expression } from '@/lib/face/expression';
import { browHeights, eyeSpan, lookOf, type Side } from '@/lib/face/eyes';
import { headOf, type Head } from '@/lib/face/head';
import { drawOpening } from '@/lib/face/lips';
import type { Shape } from '@/lib/face/shape';
import type { Tones } from '@/lib/face/tones';

/** A moon in ink: a pale disc over hills, its features brushed on like its seas. */
export function drawMoon(expression: Expression, tones: Tones): Shape[] {
  const head = headOf(expression);
  const disc = head.at(0);
  const brush = { stroke: tones.ink, width: 3 };
  // Without lips a smile takes a wider curve to be read.
  const merry = { ...expression, smile: expression.smile * 1.5 + 0.3 };
  const opening = drawOpening(merry, head.face, tones);
  const rise = expression.breath * 1.6;
  const hills = (art: string) => trace(art, (x, y) => [x, y < 420 ? y - rise : y]);
  return [
    { part: 'disc', d: trace(circle(0, 0, 98), disc), fill: tones.moon },
    { part: 'seas', d: trace(seas, head.face), fill: tones.moonShade },
    { part: 'night', d: trace(night(expression), disc), fill: tones.moonNight },
    { part: 'eyeLeft', d: drawEye('Left', expression, head), fill: tones.ink },
    { part: 'eyeRight', d: drawEye('Right', expression, head), fill: tones.ink },
    { part: 'nose', d: trace(nose, head.at(60)), fill: 'none', ...brush },
    ...opening,
    // No lips: the rim of the cut is brushed instead.
    { part: 'lipLine', d: opening[0]?.d ?? '', fill: 'none', ...brush },
    { part: 'browLeft', d: drawBrow('Left', expression, head), fill: 'none', ...brush },
    { part: 'browRight', d: drawBrow('Right', expression, head), fill: 'none', ...brush },
    { part: 'hillFar', d: hills(hillFar), fill: tones.clothesLight },
    { part: 'hill', d: hills(hill), fill: tones.clothes },
    { part: 'hillShade', d: hills(hillShade), fill: tones.clothesShade },
  ];
}

/** An eye is one drop of ink that swims about, and dries to a bowed line when it shuts. */
function drawEye(side: Side, expression: Expression, head: Head): string {
  const [x, y] = lookOf(eyeSpan(side), expression, head, 1.5);
  const lid = Math.max(0, side === 'Left' ? expression.lidLeft : expression.lidRight);
  const shut = Math.max(0, 1 - lid);
  const width = 5.6 + shut * 4.4;
  const height = 1.3 + 7.4 * lid * (1 - 0.3 * expression.squint);
  const middle = y + shut * 3 - expression.squint * lid * 1.5;
  return trace(circle(0, 0, 100), (across, down) =>
    head.face(
      x + (across / 100) * width,
      middle + (down / 100) * height + shut * 3 * (1 - (across / 100) ** 2),
    ),
  );
}

function drawBrow(side: Side, expression: Expression, head: Head): string {
  const { inner, arch, outer } = browHeights(side, expression);
  const at = (x: number, y: number) => point([side === 'Left' ? -x : x, y - 5]);
  return trace(
    `M ${at(17, inner + 3)} C ${at(22, arch + 2)} ${at(32, arch)} ${at(40, outer - 1)}`,
    head.face,
  );
}

/** The unlit side, on the lower right: a sliver awake, more asleep. */
function night({ asleep }: Expression): string {
  return rim(98, 80 - 36 * asleep);
}

/** What lies between the disc's right rim and an ellipse `inner` wide, turned from the light. */
function rim(r: number, inner: number): string {
  const turn = (x: number, y: number) => {
    const angle = 0.42;
    const px = x * Math.cos(angle) - y * Math.sin(angle);
    const py = x * Math.sin(angle) + y * Math.cos(angle);
    return `${px.toFixed(1)} ${py.toFixed(1)}`;
  };
  const arc = (rx: number, down: boolean) => {
    const s = down ? 1 : -1;
    return (
      `C ${turn(rx * roundness, -r * s)} ${turn(rx, -r * roundness * s)} ${turn(rx, 0)} ` +
      `C ${turn(rx, r * roundness * s)} ${turn(rx * roundness, r * s)} ${turn(0, r * s)}`
    );
  };
  return `M ${turn(0, -r)} ${arc(r, true)} ${arc(inner, false)} Z`;
}

const nose = 'M 3 4 C 6 14 8 22 3 25 C 1 26 -2 25 -3 24';
const seas =
  'M 4 -84 C 22 -88 50 -72 54 -52 C 50 -40 38 -44 30 -52 C 20 -60 -2 -58 -8 -68 C -10 -76 -4 -82 4 -84 Z ' +
  'M -76 20 C -66 12 -52 18 -50 30 C -52 42 -64 44 -72 38 C -80 32 -80 25 -76 20 Z ' +
  'M -44 -70 C -38 -74 -30 -70 -31 -64 C -33 -58 -42 -58 -45 -63 C -46 -66 -46 -68 -44 -70 Z ' +
  'M 40 64 C 46 60 54 63 54 69 C 52 75 43 76 40 71 C 38 68 38 66 40 64 Z';
const hillFar =
  'M -200 286 C -120 262 -40 236 40 250 C 120 264 180 268 240 244 C 300 226 400 240 520 270 L 520 430 L -200 430 Z';
const hill =
  'M -200 300 C -100 290 -20 262 60 266 C 150 272 190 300 290 282 C 360 270 420 280 520 296 L 520 430 L -200 430 Z';
const hillShade =
  'M 96 270 C 160 280 206 296 290 282 C 360 270 420 280 520 296 L 520 430 L 150 430 C 150 370 132 300 96 270 Z';
