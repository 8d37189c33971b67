import { trace, type Move } from '@/lib/face/curve';
import type { Expression } from '@/lib/face/expression';
import { browOf, drawEye } from '@/lib/face/eyes';
import { headOf } from '@/lib/face/head';
import { drawLips, drawOpening } from '@/lib/face/lips';
import type { Shape } from '@/lib/face/shape';
import type { Tones } from '@/lib/face/tones';

/** Head and shoulders, lit from the upper left. */
export function drawPerson(expression: Expression, tones: Tones): Shape[] {
  const head = headOf(expression);
  const body = bodyOf(expression);
  const nape = head.at(-26);
  const ear = head.at(-4);
  const crown = head.at(14);
  return [
    { part: 'nape', d: trace(hairBehind, nape), fill: tones.hairShade },
    { part: 'neck', d: trace(neck, body), fill: tones.face },
    { part: 'neckShade', d: trace(neckShade, body), fill: tones.faceShade },
    { part: 'throat', d: under(head.face, body), fill: tones.faceDeep },
    { part: 'coat', d: trace(coat, body), fill: tones.clothes },
    { part: 'coatLight', d: trace(coatLight, body), fill: tones.clothesLight },
    { part: 'coatShade', d: trace(coatShade, body), fill: tones.clothesShade },
    { part: 'collar', d: trace(collar, body), fill: tones.clothes },
    { part: 'collarShade', d: trace(collarShade, body), fill: tones.clothesShade },
    {
      part: 'collarLine',
      d: trace(collarLines, body),
      fill: 'none',
      stroke: tones.clothesShade,
      width: 1.6,
    },
    { part: 'earLeft', d: trace(earLeft, ear), fill: tones.face },
    { part: 'earRight', d: trace(earRight, ear), fill: tones.faceShade },
    { part: 'earLine', d: trace(earLines, ear), fill: 'none', stroke: tones.faceDeep, width: 1.6 },
    { part: 'face', d: trace(face, head.face), fill: tones.face },
    { part: 'faceShade', d: trace(faceShade, head.face), fill: tones.faceShade },
    {
      part: 'blush',
      d: trace(blush, head.face),
      fill: tones.blush,
      opacity: 0.3 + 0.5 * Math.max(0, expression.smile - 0.2),
    },
    { part: 'fringeShade', d: trace(fringeShade, head.face), fill: tones.faceShade },
    ...drawEye('Left', expression, head, tones),
    ...drawEye('Right', expression, head, tones),
    { part: 'noseShade', d: trace(noseShade, head.at(68)), fill: tones.faceShade },
    {
      part: 'noseLine',
      d: trace(noseLine, head.at(64)),
      fill: 'none',
      stroke: tones.line,
      width: 2,
    },
    ...drawOpening(expression, head.face, tones),
    ...drawLips(expression, head.face, tones),
    { part: 'browLeft', d: trace(browOf('Left', expression), head.face), fill: tones.brow },
    { part: 'browRight', d: trace(browOf('Right', expression), head.face), fill: tones.brow },
    { part: 'hair', d: trace(hair, crown), fill: tones.hair },
    { part: 'hairLight', d: trace(hairLight, crown), fill: tones.hairLight },
    {
      part: 'hairLine',
      d: trace(hairLines, crown),
      fill: 'none',
      stroke: tones.hairShade,
      width: 1.8,
    },
  ];
}

/** Shoulders rise with the breath and lean a little with the head. */
function bodyOf({ breath, roll, yaw }: Expression): Move {
  return (x, y) => {
    const rise = breath * (y < 300 ? 2.2 : 0);
    return [x + (roll * 1.5 + yaw * 1.2) * (y < 250 ? 1 : 0.4), y - rise];
  };
}

/** The shadow the jaw throws on the neck: follows the head above, the neck below. */
function under(face: Move, body: Move): string {
  const jaw = (d: string) => trace(d, face);
  return `M ${jaw('-37 62')} C ${jaw('-20 80')} ${jaw('20 80')} ${jaw('40 62')} L ${trace('179 214', body)} C ${trace('170 228 142 222 123 206', body)} Z`;
}

const hairBehind =
  'M -60 -40 C -68 -6 -66 14 -58 32 C -52 46 -44 60 -36 76 L 34 84 C 42 66 56 52 63 34 C 71 12 75 -10 72 -34 C 66 -96 -56 -96 -60 -40 Z';
const neck =
  'M 120 170 C 121 190 121 206 117 218 C 110 240 100 250 92 256 L 208 256 C 200 250 190 240 185 218 C 181 206 181 190 182 170 Z';
const neckShade =
  'M 160 176 C 164 196 161 214 152 236 L 208 256 C 200 250 190 240 185 218 C 181 206 181 190 182 170 Z';

const coat =
  'M 116 232 C 98 246 58 252 36 266 C 14 280 6 306 2 430 L 298 430 C 294 306 286 280 264 266 C 242 252 204 246 186 232 Z';
const coatLight =
  'M 116 232 C 98 246 58 252 36 266 C 20 277 11 296 7 330 C 20 292 40 276 64 270 C 90 264 108 258 116 246 Z';
const coatShade =
  'M 186 232 C 204 246 242 252 264 266 C 286 280 294 306 298 430 L 216 430 C 226 380 224 330 206 298 C 192 274 176 262 168 250 Z';
const collar =
  'M 117 214 C 134 228 168 228 185 213 C 191 220 196 232 196 244 C 178 264 124 264 106 245 C 106 233 111 221 117 214 Z';
const collarShade =
  'M 166 222.4 C 173 220.6 180 217.4 185 213 C 191 220 196 232 196 244 C 188 253 174 258.5 160 259.6 C 168 248 169 236 166 222.4 Z';
const collarLines = 'M 107 246 C 124 264 178 264 195 245 M 118 222 C 136 234 166 234 183 221';

const earLeft = 'M -55 -12 C -64 -20 -71 -10 -69 2 C -67 14 -63 26 -55 26 Z';
const earRight = 'M 56 -12 C 66 -20 73 -10 71 2 C 69 14 64 27 55 26 Z';
const earLines = 'M -65 -6 C -61 -8 -59 0 -60 8 M 67 -6 C 62 -8 60 0 62 9';

const face =
  'M -60 -40 C -62 -12 -61 14 -57 36 C -53 56 -40 73 -24 85 C -16 91 -9 93 0 93 C 9 93 17 91 24 85 ' +
  'C 40 73 53 56 57 36 C 61 14 62 -12 60 -40 C 58 -80 30 -98 0 -98 C -30 -98 -58 -80 -60 -40 Z';
const faceShade =
  'M 34 -70 C 42 -52 46 -36 43 -22 C 40 -10 49 0 48 14 C 47 28 37 40 35 54 C 33 68 24 84 6 93 ' +
  'C 12 93 17 91 24 85 C 40 73 53 56 57 36 C 61 14 62 -12 60 -40 C 59 -56 52 -66 44 -72 Z';
const blush = 'M -55 14 C -46 12 -32 16 -23 25 C -24 33 -36 37 -46 33 C -52 29 -55 22 -55 14 Z';
const fringeShade =
  'M -54 -30 C -50 -46 -38 -60 -24 -68 C -6 -54 18 -46 34 -38 C 46 -32 54 -22 57 -10 L 62 -40 L 40 -80 L -30 -90 L -60 -54 Z';

const noseShade =
  'M 3 -12 C 6 2 8 14 12 23 C 15 31 11 36 2 36 C -3 36 -6 35 -8 33 C -2 31 2 27 2 19 C 2 9 0 -2 3 -12 Z';
const noseLine = 'M -8 32 C -7 34.4 -4 34.2 -1.5 35.4 C 2 36.6 6.5 35.2 8.6 32';

const hair =
  'M -57 8 C -62 -6 -66 -18 -68 -34 C -73 -64 -60 -94 -36 -104 C -22 -119 18 -124 42 -111 C 66 -104 81 -78 77 -48 C 77 -34 74 -16 67 6 ' +
  'C 63 2 61 -8 59 -18 C 56 -28 50 -35 41 -40 C 46 -34 47 -30 46 -26 C 38 -38 22 -46 6 -52 C -8 -57 -20 -64 -26 -73 ' +
  'C -40 -64 -50 -50 -53 -32 C -54 -20 -54 -6 -57 8 Z';
const hairLight =
  'M -26 -73 C -22 -94 0 -106 24 -105 C 46 -104 62 -92 70 -70 C 54 -86 34 -92 12 -88 C -6 -85 -18 -80 -26 -73 Z ' +
  'M -61 -22 C -67 -52 -58 -82 -38 -96 C -48 -80 -54 -60 -56 -36 C -57 -28 -59 -24 -61 -22 Z';
const hairLines = 'M -24 -72 C 4 -70 40 -62 58 -30 M -28 -76 C -42 -66 -54 -50 -58 -26';
