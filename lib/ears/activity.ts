import { createEcho } from '@/lib/ears/echo';
import { createFloor } from '@/lib/ears/floor';
import { decibels } from '@/lib/ears/level';

/** Hz at which it listens. */
export const activityRate = 16_000;
/** Samples it looks at together: 20 ms. */
export const frameLength = 320;
/** ms */
const frameTime = 20;

/** Where a stretch of speech begins and ends, in milliseconds of the sound it has heard. */
export type Turn =
  | { readonly type: 'began'; readonly at: number }
  /** Somebody may be speaking over the avatar; soon it is `began`, or `cleared` if nobody was. */
  | { readonly type: 'suspected' | 'cleared'; readonly at: number }
  /** `at`: where the speech ended, which is noticed only when it has been quiet for a while. */
  | { readonly type: 'ended'; readonly at: number };

export interface ActivityOptions {
  /** How long it must be quiet before somebody has finished, ms. */
  readonly patience?: number;
  /** Nobody speaks for longer without a breath: from then on the next short pause ends it, ms. */
  readonly longest?: number;
}

/** Whether the avatar can be heard, and is silent while somebody is suspected to speak over it. */
export type Guard = 'off' | 'on' | 'holding';

/** Hears when somebody speaks. Pure: the same frames give the same turns at the same places. */
export interface Activity {
  /** One frame of mono sound. Null: nothing changed with it. */
  push(frame: Float32Array): Turn | null;
  /** While the avatar can be heard only a voice that is louder than its echo counts. */
  guard(guard: Guard): void;
  /** Forgets that somebody was speaking; what it knows of the room stays. */
  reset(): void;
  readonly speaking: boolean;
  /** Of the last frame, dB below full scale, without rumble. */
  readonly loudness: number;
}

/**
 * By energy: what is so and so much louder than the room for a while is speech. The room is the
 * quietest of the last seconds, so it follows a fan that is switched on as well as one that stops.
 */
export function createActivity(options: ActivityOptions = {}): Activity {
  const { patience = 640, longest = 60_000 } = options;
  const clean = createHighPass();
  const room = createFloor();
  /** Whether each of the last frames was loud, newest last. */
  let recent: boolean[] = [];
  let heard = 0;
  let loudness = -100;
  let smooth: number | null = null;
  let speech: { readonly began: number; last: number } | null = null;
  const echo = createEcho();
  let guarded: Guard = 'off';

  function begin(frames: number): Turn {
    const at = heard - frameTime * frames;
    speech = { began: at, last: heard };
    recent = [];
    return { type: 'began', at };
  }

  /** Over the avatar's own voice. */
  function listenOver(isSound: boolean): Turn | null {
    const verdict = echo.push(smooth ?? loudness, isSound, guarded === 'holding');
    if (verdict?.type === 'voice') return begin(verdict.frames);
    return verdict && { type: verdict.type, at: heard };
  }

  return {
    push(frame) {
      heard += frameTime;
      loudness = decibels(clean(frame));
      smooth = smooth === null ? loudness : smooth + (loudness - smooth) * 0.5;
      const floor = room.push(smooth);
      const known = heard >= acquaintance;
      const isSound = known && smooth > Math.max(floor + rise, faintest);
      const isVoice = smooth > Math.max(floor + fall, faintest - (rise - fall));
      if (!speech) {
        if (guarded !== 'off') return listenOver(isSound);
        recent = [...recent, isSound].slice(-onset.of);
        if (recent.filter(Boolean).length < onset.loud) return null;
        return begin(recent.length - recent.indexOf(true));
      }
      if (isVoice) speech.last = heard;
      const quiet = heard - speech.last;
      const tooLong = heard - speech.began > longest;
      const endsHere = quiet >= (tooLong ? breath : patience);
      if (!endsHere && heard - speech.began < longest + grace) return null;
      const at = speech.last;
      speech = null;
      recent = [];
      return { type: 'ended', at };
    },
    guard(guard) {
      if (guard === guarded) return;
      guarded = guard;
      recent = [];
      echo.rest();
    },
    reset() {
      speech = null;
      recent = [];
      echo.rest();
    },
    get speaking() {
      return speech !== null;
    },
    get loudness() {
      return loudness;
    },
  };
}

/** dB over the room to begin and to go on. The gap keeps a fading word whole. */
const rise = 7;
const fall = 4;
/** Quieter is no voice that is meant for anybody, dB below full scale. */
const faintest = -58;
/** A click is loud for one or two frames, a syllable for six. */
const onset = { loud: 5, of: 8 };
/** ms before anything counts: the room has to be known. */
const acquaintance = 200;
/** ms of quiet that end a speech that is too long already. */
const breath = 120;
/** ms after which it ends without one. */
const grace = 15_000;

/** Takes away what rumbles and hums below a voice: two poles at 150 Hz (RBJ's cookbook). */
function createHighPass(): (frame: Float32Array) => Float32Array {
  const w = (2 * Math.PI * 150) / activityRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const a0 = 1 + alpha;
  const b0 = (1 + Math.cos(w)) / 2 / a0;
  const b1 = -(1 + Math.cos(w)) / a0;
  const a1 = (-2 * Math.cos(w)) / a0;
  const a2 = (1 - alpha) / a0;
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return (frame) =>
    frame.map((x) => {
      const y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      return y;
    });
}
