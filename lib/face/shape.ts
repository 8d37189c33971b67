import type { Tone } from '@/lib/face/tones';

/** The frame that is always seen: what lies outside it fills frames of other proportions. */
export const frame = { width: 300, height: 300 } as const;

/** One flat piece of the picture, painted over those before it. */
export interface Shape {
  /** Its name, the same and at the same place in every picture of a skin. */
  readonly part: string;
  /** SVG path data with absolute commands (M, L, C, Q, Z), in the frame's units. */
  readonly d: string;
  /** A tone, or `none` for a line. */
  readonly fill: Tone;
  readonly stroke?: Tone;
  /** The stroke's width. */
  readonly width?: number;
  /** 0 to 1; without it 1. */
  readonly opacity?: number;
}
