import { createCanvas, Path2D } from '@napi-rs/canvas';
import wrtc from '@roamhq/wrtc';
import { blinkAt } from '@/lib/face/blink';
import type { VisemeCue } from '@/lib/face/cue';
import { draw } from '@/lib/face/draw';
import { add, map, rest, type Expression } from '@/lib/face/expression';
import { poses } from '@/lib/face/faces';
import { mouthAt } from '@/lib/face/mouth';
import { frame, type Shape } from '@/lib/face/shape';
import type { PortraitLook } from '@/lib/settings';

/** One picture as video wants it: a plane of light, two of colour at half the size. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** I420. Shared between all who show the same picture: not to be written to. */
  readonly data: Uint8Array;
}

export interface Portrait {
  readonly width: number;
  readonly height: number;
  /** From the next picture on; made even, since colour has half the size. */
  resize(width: number, height: number): void;
  /** The picture at a moment. `cues` are on the clock of `now`, in milliseconds. */
  at(now: number, cues: readonly VisemeCue[]): Frame;
}

export interface PortraitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly look?: PortraitLook;
}

/** Our own face as a vendor's: it breathes, blinks and says what the cues tell it. */
export function createPortrait({
  width = 320,
  height = 240,
  look = guest,
}: PortraitOptions = {}): Portrait {
  let size = { width: even(width), height: even(height) };
  return {
    get width() {
      return size.width;
    },
    get height() {
      return size.height;
    },
    resize(width, height) {
      size = { width: even(width), height: even(height) };
    },
    at: (now, cues) => pictureOf(faceAt(now, cues), size, look),
  };
}

/** Somebody else than the panel's own face, so that nobody takes one for the other. */
const guest: PortraitLook = {
  skin: 'person',
  face: '#e0ac8a',
  hair: '#7a3b1e',
  clothes: '#2f6f5e',
};

function even(length: number): number {
  return Math.max(16, Math.min(1920, Math.round(length / 2) * 2));
}

/** Every number in a few steps, so that pictures come again and need not be painted again. */
function faceAt(now: number, cues: readonly VisemeCue[]): Expression {
  const mouth = mouthAt(cues, now);
  const open = 1 - blinkAt(3, now);
  const breath = (1 - Math.cos((now / 4000) * 2 * Math.PI)) / 2;
  const face = add(rest, poses.speaking);
  const moved = { ...face, ...mouth, lidLeft: open, lidRight: open, breath };
  return map((feature) => {
    const steps = feature === 'jaw' ? 12 : 5;
    return Math.round(moved[feature] * steps) / steps;
  });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pictures painted before, the latest used last, by all that is seen in them. */
const painted = new Map<string, Frame>();
/** Bytes they may take together. */
const room = 32_000_000;
let taken = 0;

function pictureOf(face: Expression, size: Size, look: PortraitLook): Frame {
  const key = JSON.stringify([Object.values(face), size, look]);
  const known = painted.get(key);
  const made = known ?? paint(draw(face, look), size);
  if (known) painted.delete(key);
  else taken += made.data.length;
  painted.set(key, made);
  for (const [old, { data }] of painted) {
    if (taken <= room) break;
    painted.delete(old);
    taken -= data.length;
  }
  return made;
}

function paint(shapes: readonly Shape[], { width, height }: Size): Frame {
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  const scale = Math.min(width / frame.width, height / frame.height);
  context.translate((width - frame.width * scale) / 2, (height - frame.height * scale) / 2);
  context.scale(scale, scale);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const { d, fill, stroke, width: thick = 1, opacity = 1 } of shapes) {
    if (opacity <= 0) continue;
    const path = new Path2D(d);
    context.globalAlpha = opacity;
    if (fill !== 'none') {
      context.fillStyle = plain(fill);
      context.fill(path);
    }
    if (stroke !== undefined && stroke !== 'none') {
      context.strokeStyle = plain(stroke);
      context.lineWidth = thick;
      context.stroke(path);
    }
  }
  const rgba = context.getImageData(0, 0, width, height);
  const data = new Uint8Array((width * height * 3) / 2);
  wrtc.nonstandard.rgbaToI420(
    { width, height, data: new Uint8Array(rgba.data.buffer) },
    { width, height, data },
  );
  return { width, height, data };
}

const wall = '#d8d2c6';

/** There is no theme here: of `var(--name, #rrggbb)` the colour. */
function plain(tone: string): string {
  return /#[0-9a-f]{6}/iu.exec(tone)?.[0] ?? tone;
}
