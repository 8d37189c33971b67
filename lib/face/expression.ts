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

/** Lips together, nothing to say. */
export const shut: Mouth = { jaw: 0, wide: 0, round: 0, press: 0, teeth: 0, tuck: 0, tongue: 0 };

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
