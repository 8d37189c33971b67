import type { PortraitLook } from '@/lib/settings';

/** A flat colour: `#rrggbb`, or `var(--name, #rrggbb)` where the page's theme decides. */
export type Tone = string;

/** The theme's tones, with what they are where there is no theme. */
export const alive: Tone = 'var(--alive, #d9512c)';
export const backdrop: Tone = 'var(--backdrop, #e8dcc8)';

const ink = '#1d1b18';
const paper = '#faf7f1';
/** Shadows lean to plum and lights to straw: a window by day, not a grey multiply. */
const dusk = '#47202c';
const midnight = '#150710';
const noon = '#fff0d6';

/** Everything the portrait is painted with. */
export type Tones = ReturnType<typeof tonesOf>;

/** The tones of a look. `asleep` (0 to 1) takes the colour out of them. */
export function tonesOf(look: PortraitLook, asleep: number) {
  const worn = (tone: Tone) => (asleep > 0 ? fade(tone, asleep) : tone);
  const face = worn(look.face);
  const hair = worn(look.hair);
  const clothes = worn(look.clothes);
  // On deep skins the dusk has to be deeper still, or there is no shadow.
  const dark = worn(mix(midnight, dusk, Math.min(1, lightness(look.face) * 1.7)));
  return {
    face,
    faceShade: mix(face, dark, 0.24),
    faceDeep: mix(face, dark, 0.46),
    line: mix(mix(face, dark, 0.72), ink, 0.3),
    blush: worn(mix(look.face, '#c4523f', 0.2)),
    lipUpper: worn(mix(mix(look.face, '#8f2f35', 0.3), dusk, 0.16)),
    lipLower: worn(mix(look.face, '#b0474a', 0.26)),
    mouth: worn(mix('#3a1216', look.face, 0.06)),
    teeth: mix(paper, face, 0.1),
    tongue: worn(mix('#b4545a', look.face, 0.2)),
    hair,
    hairLight: mix(hair, mix(face, noon, 0.4), 0.2),
    hairShade: mix(hair, ink, 0.4),
    brow: mix(hair, dark, 0.22),
    white: mix(paper, face, 0.14),
    whiteShade: mix(mix(paper, face, 0.34), dark, 0.12),
    iris: worn(mix(mix(look.hair, '#6b4a2c', 0.7), ink, 0.05)),
    ink: mix(ink, hair, 0.12),
    glint: paper,
    moon: mix(paper, face, 0.24),
    moonShade: mix(mix(paper, face, 0.4), clothes, 0.14),
    moonNight: mix(mix(paper, face, 0.3), mix(clothes, ink, 0.2), 0.5),
    sky: mix(clothes, ink, 0.14),
    clothes,
    clothesLight: mix(clothes, noon, 0.16),
    clothesShade: mix(clothes, ink, 0.36),
  };
}

/** `share` of the second tone in the first. Both `#rrggbb`. */
function mix(one: Tone, other: Tone, share: number): Tone {
  const a = channels(one);
  const b = channels(other);
  return hex(a.map((channel, i) => channel + ((b[i] ?? channel) - channel) * share));
}

/** Less colour, and a little nearer to the paper: a picture left in the sun. */
function fade(tone: Tone, amount: number): Tone {
  const grey = lightness(tone) * 255;
  return mix(tone, hex([grey + 8, grey + 5, grey]), amount * 0.86);
}

/** 0 to 1, by the luma of Rec. 709. */
function lightness(tone: Tone): number {
  const [red = 0, green = 0, blue = 0] = channels(tone);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

function channels(tone: Tone): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(tone.slice(at, at + 2), 16));
}

function hex(values: readonly number[]): Tone {
  const two = (value: number) =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0');
  return `#${values.map(two).join('')}`;
}
