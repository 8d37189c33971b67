import { untilBlink } from '@/lib/face/blink';
import type { Audience, Clock } from '@/lib/face/clock';
import type { Emotion, Gaze, Pose, VisemeCue } from '@/lib/face/cue';
import { draw } from '@/lib/face/draw';
import { map, type Expression } from '@/lib/face/expression';
import { lifeAt, stillLife, type Life } from '@/lib/face/life';
import { silentFrom } from '@/lib/face/mouth';
import type { Shape } from '@/lib/face/shape';
import type { PortraitLook } from '@/lib/settings';

/** The portrait in time. Every verb may be called as often as one likes. */
export interface Animator {
  pose(pose: Pose): void;
  gaze(gaze: Gaze): void;
  emotion(emotion: Emotion): void;
  /** Says these after those it already has. None at all: stop, and close the mouth now. */
  cues(cues: readonly VisemeCue[]): void;
  /** How loud the reader is, 0 to 1. */
  level(level: number): void;
  look(look: PortraitLook): void;
  dispose(): void;
}

export interface Staging {
  readonly paint: (shapes: readonly Shape[]) => void;
  readonly clock: Clock;
  readonly audience: Audience;
  readonly look: PortraitLook;
  readonly life: Omit<Life, 'cues'>;
}

/**
 * Paints the first picture at once and then as seldom as will do: not at all while nobody looks,
 * once per change for readers who want no motion, a few times a second at rest, and at the
 * display's own rate while something moves.
 */
export function createAnimator({ paint, clock, audience, ...first }: Staging): Animator {
  let life: Life = { ...first.life, cues: [] };
  let { look } = first;
  let level = 0;
  let heard = 0;
  let painted = clock.now();
  let changed = -Infinity;
  let gap: Partial<Expression> = {};
  let callOff = () => {};

  const picture = (now: number): Expression => {
    if (audience.still()) return stillLife(life);
    const face = lifeAt(life, now);
    return {
      ...map((feature) => face[feature] + (gap[feature] ?? 0) * left(feature, now - changed)),
      level: heard,
    };
  };

  /** Takes over a change of life without a jump: what it would jump by is paid off over time. */
  const become = (change: Partial<Life>) => {
    const now = clock.now();
    const before = picture(now);
    life = { ...life, ...change };
    const after = lifeAt(life, now);
    gap = map((feature) => before[feature] - after[feature]);
    changed = now;
  };

  const lively = (now: number) =>
    now < silentFrom(life.cues) ||
    now - changed < longest ||
    (life.pose === 'listening' && Math.abs(level - heard) > 0.01);

  const tick = () => {
    const now = clock.now();
    heard += (level - heard) * (1 - Math.exp((painted - now) / (level > heard ? 40 : 160)));
    painted = now;
    if (life.cues.length > 0 && now >= silentFrom(life.cues)) life = { ...life, cues: [] };
    paint(draw(picture(now), look));
    plan();
  };

  const plan = () => {
    callOff();
    callOff = () => {};
    if (!audience.seen() || audience.still()) return;
    const now = clock.now();
    callOff = lively(now) ? clock.frame(tick) : clock.after(restFor(life, now), tick);
  };

  const soon = () => {
    callOff();
    callOff = audience.seen() ? clock.frame(tick) : () => {};
  };

  const stopWatching = audience.watch(soon);
  tick();

  return {
    pose: (pose) => {
      if (pose === life.pose) return;
      become({ pose });
      soon();
    },
    gaze: (gaze) => {
      if (gaze === life.gaze) return;
      become({ gaze });
      soon();
    },
    emotion: (emotion) => {
      if (emotion === life.emotion) return;
      become({ emotion });
      soon();
    },
    cues: (cues) => {
      if (cues.length === 0 && life.cues.length === 0) return;
      const now = clock.now();
      const coming = life.cues.filter((cue) => cue.at > now - 1000);
      become({ cues: cues.length === 0 ? [] : [...coming, ...cues].sort((a, b) => a.at - b.at) });
      if (!audience.still()) soon();
    },
    level: (now) => {
      level = Math.min(1, Math.max(0, now));
      if (!audience.still() && lively(clock.now())) soon();
    },
    look: (next) => {
      look = next;
      soon();
    },
    dispose: () => {
      callOff();
      stopWatching();
    },
  };
}

/** Milliseconds a change takes to arrive, by what changes: eyes leap, lips follow, heads turn. */
function takes(feature: keyof Expression): number {
  switch (feature) {
    case 'gazeX':
    case 'gazeY':
      return 90;
    case 'jaw':
    case 'wide':
    case 'round':
    case 'press':
    case 'teeth':
    case 'tuck':
    case 'tongue':
      return 120;
    case 'lidLeft':
    case 'lidRight':
    case 'squint':
      return 180;
    case 'browLeft':
    case 'browRight':
    case 'browTilt':
    case 'smile':
      return 240;
    case 'yaw':
    case 'pitch':
    case 'roll':
    case 'breath':
      return 460;
    case 'asleep':
    case 'ring':
    case 'level':
      return longest;
  }
}

const longest = 600;

/** How much of a gap is still to be paid, 1 to 0. */
function left(feature: keyof Expression, since: number): number {
  const share = Math.min(1, since / takes(feature));
  return 1 - share * share * (3 - 2 * share);
}

/**
 * Milliseconds a resting portrait needs no new picture. Breath is slow, so most of the fifteen
 * frames a second may go where they are seen: to the blink.
 */
function restFor(life: Life, now: number): number {
  const [slow, quick] = [160, 45];
  if (life.pose === 'asleep') return slow;
  const blink = untilBlink(life.seed, now);
  return blink === 0 ? quick : Math.min(slow, Math.max(quick, blink + quick / 2));
}
