import { blinkAt } from '@/lib/face/blink';
import { chance } from '@/lib/face/chance';
import type { Emotion, Gaze, Pose, VisemeCue } from '@/lib/face/cue';
import { add, rest, type Expression, type Mouth } from '@/lib/face/expression';
import { feelings, poses } from '@/lib/face/faces';
import { mouthAt, silentFrom } from '@/lib/face/mouth';

/** All that the portrait has been told. */
export interface Life {
  readonly pose: Pose;
  readonly emotion: Emotion;
  readonly gaze: Gaze;
  /** In order of `at`, on the clock of `now`. */
  readonly cues: readonly VisemeCue[];
  /** On which side of the panel the page lies, for the viewer. */
  readonly page: 'left' | 'right';
  /** Two portraits with the same seed blink together. */
  readonly seed: number;
}

/** The face at a moment, in milliseconds. Pure: time and chance are its arguments. */
export function lifeAt(life: Life, now: number): Expression {
  const face = stillLife(life);
  if (life.pose === 'asleep') return { ...face, breath: wave(now, 5500) };
  const { seed, cues } = life;
  const talk = talkingAt(cues, now);
  const stress = talk === 0 ? 0 : stressAt(cues, now);
  const open = 1 - blinkAt(seed, now);
  const [glanceX, glanceY] = glanceAt(life, now);
  const sway = (period: number, place: number) =>
    Math.sin((now / period + chance(seed, place)) * 2 * Math.PI);
  return {
    ...face,
    ...speak(face, mouthAt(cues, now), talk),
    // A wide smile held through speech is a mask.
    smile: face.smile * (1 - 0.35 * talk),
    lidLeft: face.lidLeft * open,
    lidRight: face.lidRight * open,
    browLeft: face.browLeft + 0.3 * stress,
    browRight: face.browRight + 0.36 * stress,
    gazeX: face.gazeX + glanceX,
    gazeY: face.gazeY + glanceY,
    yaw: face.yaw + 0.03 * sway(9100, -1) + talk * (0.1 * sway(2700, -2) + 0.05 * sway(1300, -3)),
    pitch: face.pitch + 0.02 * sway(7300, -4) + talk * 0.04 * sway(1900, -5) + 0.16 * stress,
    roll: face.roll + 0.03 * sway(11_300, -6) + talk * 0.09 * sway(3300, -7),
    breath: wave(now, 4000),
  };
}

/** The same without time: what a reader sees who asked for less motion. Lips closed. */
export function stillLife({ pose, emotion, gaze, page }: Life): Expression {
  const posed = add(rest, poses[pose]);
  if (pose === 'asleep') return posed;
  const [x, y] = aim(pose, gaze, page);
  // The head goes a part of the way, and the eyes the rest.
  const turned = { gazeX: x, gazeY: y, yaw: x * 0.3, pitch: y * 0.22 };
  return add(add(posed, feelings[emotion]), turned);
}

function aim(pose: Pose, gaze: Gaze, page: 'left' | 'right'): readonly [x: number, y: number] {
  switch (gaze) {
    case 'page':
      return [page === 'left' ? -1.25 : 1.25, 0.08];
    case 'composer':
      return [0.05, 1.35];
    case 'aside':
      return [0.8, -0.75];
    case 'reader':
      if (pose === 'thinking') return [0.8, -0.75];
      // Bad news is told with lowered eyes.
      return pose === 'troubled' ? [-0.1, 0.42] : [0, 0];
  }
}

/** Eyes never rest on one spot: every second or so they jump by a hair, in thought by more. */
function glanceAt({ pose, seed }: Life, now: number): readonly [x: number, y: number] {
  const fixation = 1100;
  const slot = Math.floor(now / fixation);
  const jump = (slot + 0.7 * chance(seed, slot * 3 + 7)) * fixation;
  const before = spot(pose, seed, now < jump ? slot - 2 : slot - 1);
  const after = spot(pose, seed, now < jump ? slot - 1 : slot);
  // A saccade this small is over in some 40 ms.
  const share = now < jump ? 1 : Math.min(1, (now - jump) / 40);
  return [before[0] + (after[0] - before[0]) * share, before[1] + (after[1] - before[1]) * share];
}

function spot(pose: Pose, seed: number, slot: number): readonly [x: number, y: number] {
  const x = chance(seed, slot * 3 + 8) * 2 - 1;
  const y = chance(seed, slot * 3 + 9) * 2 - 1;
  if (pose === 'thinking') return [x * 0.24, y * 0.16];
  // Nobody talks with fixed eyes: now and then they look for a word.
  const searching = pose === 'speaking' && chance(seed, slot * 3 + 10) < 0.16;
  return searching ? [Math.sign(x) * 0.4, -0.12] : [x * 0.06, y * 0.04];
}

/** 1 while the cues are being spoken, with a soft beginning and end. */
function talkingAt(cues: readonly VisemeCue[], now: number): number {
  const first = cues[0];
  if (first === undefined) return 0;
  const ramp = 200;
  const share = Math.min((now - first.at + ramp) / ramp, (silentFrom(cues) - now) / ramp);
  return smooth(Math.min(1, Math.max(0, share)));
}

/** Brows and head rise with the strong long vowels, some more than others, seldom in a row. */
function stressAt(cues: readonly VisemeCue[], now: number): number {
  const [strong, long, apart, width] = [0.8, 95, 620, 140];
  let last = -Infinity;
  let stress = 0;
  for (const [i, { at, weight, viseme }] of cues.entries()) {
    const lasts = (cues[i + 1]?.at ?? Infinity) - at;
    if (weight < strong || lasts < long || at - last < apart || !vowels.has(viseme)) continue;
    last = at;
    const height = 0.3 + 0.7 * chance(7, Math.round(at));
    stress = Math.max(stress, height * Math.exp(-(((now - at - 40) / width) ** 2)));
  }
  return stress;
}

const vowels: ReadonlySet<string> = new Set(['aa', 'E', 'I', 'O', 'U']);

/** The mouth of the mood gives way to the mouth of the words. */
function speak(face: Mouth, mouth: Mouth, talk: number): Mouth {
  const part = (name: keyof Mouth) => face[name] * (1 - talk) + mouth[name];
  return {
    jaw: part('jaw'),
    wide: part('wide'),
    round: part('round'),
    press: part('press'),
    teeth: part('teeth'),
    tuck: part('tuck'),
    tongue: part('tongue'),
  };
}

function wave(now: number, period: number): number {
  return (1 - Math.cos((now / period) * 2 * Math.PI)) / 2;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
