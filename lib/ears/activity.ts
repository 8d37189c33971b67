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
  /** `at`: where the speech ended, which is noticed only when it has been quiet for a while. */
  | { readonly type: 'ended'; readonly at: number };

export interface ActivityOptions {
  /** How long it must be quiet before somebody has finished, ms. */
  readonly patience?: number;
  /** Nobody speaks for longer without a breath: from then on the next short pause ends it, ms. */
  readonly longest?: number;
}

/** Hears when somebody speaks. Pure: the same frames give the same turns at the same places. */
export interface Activity {
  /** One frame of mono sound. Null: nothing changed with it. */
  push(frame: Float32Array): Turn | null;
  /** While the avatar can be heard only a voice that is louder than its echo counts. */
  guard(on: boolean): void;
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
  let guarded = false;
  let echo = silence;
  let guardedFor = 0;
  let echoedFor = 0;

  /** @returns whether it is louder than the avatar's own voice in this microphone. */
  function aboveEcho(level: number, isSound: boolean): boolean {
    if (!guarded) return true;
    guardedFor += frameTime;
    if (isSound) echoedFor += frameTime;
    if (echoedFor <= learning && guardedFor <= onItsWay) {
      echo = Math.max(level, echo);
      return false;
    }
    const above = level > echo + echoMargin;
    // Slowly, since a voice that cuts in must not be taken for the echo it is louder than; and not
    // in the avatar's pauses, after which it is as loud as before.
    if (level > echo) echo = Math.min(level, echo + echoRise);
    else if (isSound) echo = Math.max(level, echo - echoFade);
    return above;
  }

  return {
    push(frame) {
      heard += frameTime;
      loudness = decibels(clean(frame));
      smooth = smooth === null ? loudness : smooth + (loudness - smooth) * 0.5;
      const floor = room.push(smooth);
      const known = heard >= acquaintance;
      const isSound = known && smooth > Math.max(floor + rise, faintest);
      const isLoud = aboveEcho(smooth, isSound) && isSound;
      const isVoice = smooth > Math.max(floor + fall, faintest - (rise - fall));
      const window = guarded ? guardedOnset : onset;
      recent = [...recent, isLoud].slice(-window.of);
      if (!speech) {
        if (recent.filter(Boolean).length < window.loud) return null;
        const began = heard - frameTime * (recent.length - recent.indexOf(true));
        speech = { began, last: heard };
        recent = [];
        return { type: 'began', at: began };
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
    guard(on) {
      if (on === guarded) return;
      guarded = on;
      guardedFor = 0;
      echoedFor = 0;
      echo = silence;
      recent = [];
    },
    reset() {
      speech = null;
      recent = [];
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
const silence = -100;
/** A click is loud for one or two frames, a syllable for six. */
const onset = { loud: 5, of: 8 };
/** Against the avatar's own voice it takes more: 220 of 360 ms. */
const guardedOnset = { loud: 11, of: 18 };
/** ms before anything counts: the room has to be known. */
const acquaintance = 200;
/** ms of the avatar's voice in which its echo is measured. */
const learning = 400;
/** ms from the word that it speaks until it can be heard at the latest: it comes over a network. */
const onItsWay = 1_000;
/** dB a voice must be over the echo. */
const echoMargin = 6;
/** dB a frame: how fast it is believed to be louder, and how long the loudest is remembered. */
const echoRise = 0.3;
const echoFade = 0.1;
/** ms of quiet that end a speech that is too long already. */
const breath = 120;
/** ms after which it ends without one. */
const grace = 15_000;

/** The quietest of the last seconds, in eight parts so that the oldest can be forgotten. */
function createFloor(): { push(level: number): number } {
  let parts: number[] = [];
  let current = Infinity;
  let count = 0;
  return {
    push(level) {
      current = Math.min(current, level);
      count += 1;
      const floor = Math.min(current, ...parts);
      if (count === partFrames) {
        parts = [...parts, current].slice(-floorParts);
        current = Infinity;
        count = 0;
      }
      return floor;
    },
  };
}

/** 400 ms each, so that the floor knows the last 3.2 seconds. */
const partFrames = 20;
const floorParts = 8;

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
