import type { Emotion, Pose, Viseme } from '@/lib/face/cue';

/** What the mouth does. Every number is 0 to 1, except `wide` and `smile`: -1 to 1. */
export interface Mouth {
  /** How far the jaw hangs: 0 lips together, 1 a full "ah". */
  readonly jaw: number;
  /** Corners drawn apart (1) or in (-1). */
  readonly wide: number;
  /** Lips pushed forward into a ring. */
  readonly round: number;
  /** Lips pressed on each other, so that less of them is seen. */
  readonly press: number;
  /** Upper teeth laid bare. */
  readonly teeth: number;
  /** Lower lip drawn in under the upper teeth. */
  readonly tuck: number;
  /** Tongue raised to the teeth. */
  readonly tongue: number;
}

/** A whole moment of the portrait. Left and right are the viewer's. */
export interface Expression extends Mouth {
  /** Corners up (1) or down (-1). */
  readonly smile: number;
  /** Height of each brow, -1 to 1. */
  readonly browLeft: number;
  readonly browRight: number;
  /** Inner ends up, as in worry (1), or down, as in a frown (-1). */
  readonly browTilt: number;
  /** Upper lids: 0 shut, 1 open, 1.3 wide. */
  readonly lidLeft: number;
  readonly lidRight: number;
  /** Lower lids pushed up, 0 to 1. */
  readonly squint: number;
  /** Eyes within their sockets, -1 (left, up) to 1 (right, down). */
  readonly gazeX: number;
  readonly gazeY: number;
  /** Head turned (1 right), nodded (1 down) and tilted (1 towards the right shoulder). */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** 0 breathed out, 1 breathed in. */
  readonly breath: number;
  /** 1 = away: the colours are gone. */
  readonly asleep: number;
  /** How much of the listening ring is there, and how loud the reader is. */
  readonly ring: number;
  readonly level: number;
}

const shut: Mouth = { jaw: 0, wide: 0, round: 0, press: 0, teeth: 0, tuck: 0, tongue: 0 };

/** A calm face that looks at you, with the hint of a smile. */
export const rest: Expression = {
  ...shut,
  smile: 0.22,
  browLeft: 0,
  browRight: 0,
  browTilt: 0,
  lidLeft: 1,
  lidRight: 1,
  squint: 0.1,
  gazeX: 0,
  gazeY: 0,
  yaw: 0,
  pitch: 0,
  roll: 0,
  breath: 0,
  asleep: 0,
  ring: 0,
  level: 0,
};

/**
 * The mouth of each viseme at full weight. After the reference pictures of the Oculus set (Meta,
 * "Viseme Reference") and, for lip rounding and jaw height, the IPA chart of the sounds they list.
 */
export const mouths: Readonly<Record<Viseme, Mouth>> = {
  sil: shut,
  PP: { ...shut, press: 1, wide: -0.08 },
  FF: { ...shut, jaw: 0.16, teeth: 0.9, tuck: 1, wide: 0.1 },
  TH: { ...shut, jaw: 0.28, teeth: 0.6, tongue: 1, wide: 0.05 },
  DD: { ...shut, jaw: 0.26, teeth: 0.7, tongue: 0.55, wide: 0.12 },
  kk: { ...shut, jaw: 0.34, teeth: 0.3, wide: 0.08 },
  CH: { ...shut, jaw: 0.24, teeth: 0.85, round: 0.55 },
  SS: { ...shut, jaw: 0.16, teeth: 1, wide: 0.35 },
  nn: { ...shut, jaw: 0.24, teeth: 0.45, tongue: 0.8, wide: 0.1 },
  RR: { ...shut, jaw: 0.28, teeth: 0.3, round: 0.45, tongue: 0.2 },
  aa: { ...shut, jaw: 1, teeth: 0.5, wide: 0.1 },
  E: { ...shut, jaw: 0.56, teeth: 0.65, wide: 0.5, tongue: 0.2 },
  I: { ...shut, jaw: 0.32, teeth: 0.8, wide: 0.75 },
  O: { ...shut, jaw: 0.66, round: 0.75, wide: -0.1 },
  U: { ...shut, jaw: 0.3, round: 1, wide: -0.15 },
};

/** What a feeling adds to whatever the face is doing. */
export const feelings: Readonly<Record<Emotion, Partial<Expression>>> = {
  neutral: {},
  joy: { smile: 0.62, squint: 0.55, browLeft: 0.2, browRight: 0.24, wide: 0.22, pitch: -0.1 },
  interest: {
    browLeft: 0.42,
    browRight: 0.6,
    lidLeft: 0.1,
    lidRight: 0.1,
    pitch: 0.16,
    roll: 0.12,
    smile: 0.1,
  },
  surprise: {
    browLeft: 0.95,
    browRight: 0.95,
    lidLeft: 0.28,
    lidRight: 0.28,
    squint: -0.1,
    jaw: 0.34,
    round: 0.5,
    pitch: -0.15,
    smile: -0.22,
  },
  concern: {
    browTilt: 0.62,
    browLeft: -0.05,
    browRight: -0.05,
    smile: -0.42,
    squint: 0.15,
    roll: -0.14,
    pitch: 0.1,
  },
  sadness: {
    browTilt: 0.95,
    browLeft: 0.1,
    browRight: 0.1,
    lidLeft: -0.3,
    lidRight: -0.3,
    smile: -0.75,
    pitch: 0.38,
    gazeY: 0.3,
  },
  doubt: {
    browLeft: -0.4,
    browRight: 0.75,
    browTilt: -0.25,
    lidLeft: -0.16,
    squint: 0.3,
    smile: -0.3,
    wide: -0.15,
    roll: 0.2,
    yaw: 0.12,
  },
  pride: {
    smile: 0.42,
    lidLeft: -0.2,
    lidRight: -0.2,
    pitch: -0.42,
    browLeft: 0.3,
    browRight: 0.3,
    squint: 0.2,
    press: 0.3,
  },
};

/** What the portrait is doing, as an addition to rest. */
export const poses: Readonly<Record<Pose, Partial<Expression>>> = {
  asleep: {
    lidLeft: -1,
    lidRight: -1,
    squint: -0.1,
    pitch: 0.5,
    roll: -0.22,
    smile: -0.12,
    asleep: 1,
    browLeft: -0.15,
    browRight: -0.15,
    browTilt: 0.2,
  },
  attentive: {},
  listening: {
    roll: 0.42,
    pitch: 0.06,
    yaw: -0.08,
    browLeft: 0.22,
    browRight: 0.3,
    smile: 0.06,
    ring: 1,
  },
  thinking: {
    yaw: 0.4,
    pitch: -0.2,
    roll: -0.1,
    browLeft: 0.1,
    browRight: 0.5,
    browTilt: -0.12,
    press: 0.45,
    smile: -0.1,
    wide: -0.1,
  },
  speaking: { browLeft: 0.08, browRight: 0.08 },
  troubled: {
    browTilt: 0.85,
    browLeft: -0.25,
    browRight: 0.05,
    smile: -0.62,
    press: 0.35,
    wide: -0.12,
    squint: 0.25,
    pitch: 0.22,
    roll: -0.3,
    lidLeft: -0.08,
    lidRight: -0.08,
  },
};

/** The numbers' names, for whoever handles all of them alike. */
export const features = Object.keys(rest).filter(isFeature);

/** A face plus a fraction of what something adds to it. */
export function add(face: Expression, more: Partial<Expression>, amount = 1): Expression {
  return map((feature) => face[feature] + (more[feature] ?? 0) * amount);
}

/** A whole expression, number by number. */
export function map(number: (feature: keyof Expression) => number): Expression {
  const made = { ...rest };
  for (const feature of features) Object.assign(made, { [feature]: number(feature) });
  return made;
}

function isFeature(name: string): name is keyof Expression {
  return name in rest;
}
