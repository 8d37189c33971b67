import type { Audience, Clock } from '@/lib/face/clock';
import type { Viseme, VisemeCue } from '@/lib/face/cue';
import type { Shape } from '@/lib/face/shape';
import type { PortraitLook } from '@/lib/settings';

export const person: PortraitLook = {
  skin: 'person',
  face: '#c98f6d',
  hair: '#2e2420',
  clothes: '#39465e',
};

export const moon: PortraitLook = { ...person, skin: 'moon' };

/** Cues one after the other: what, and for how many milliseconds. */
export function spoken(sounds: readonly (readonly [Viseme, number])[], from = 1000): VisemeCue[] {
  let at = from;
  return sounds.map(([viseme, lasts]) => {
    const cue = { viseme, at, weight: 1 };
    at += lasts;
    return cue;
  });
}

/** All numbers of a path, in order. */
export function numbersIn(d: string): number[] {
  return [...d.matchAll(/-?\d+(?:\.\d+)?/gu)].map(([number]) => Number(number));
}

export function shapeOf(shapes: readonly Shape[], part: string): Shape {
  const found = shapes.find((shape) => shape.part === part);
  if (!found) throw new Error(`no part ${part}`);
  return found;
}

/** How far the points of a path reach: across and down. */
export function extentOf({ d }: Shape): { width: number; height: number } {
  const numbers = numbersIn(d);
  const span = (odd: number) => {
    const axis = numbers.filter((_, i) => i % 2 === odd);
    return Math.max(...axis) - Math.min(...axis);
  };
  return { width: span(0), height: span(1) };
}

/** A display of 60 frames a second and a clock that only moves when told to. */
export function createStage() {
  const refresh = 1000 / 60;
  let now = 5000;
  let next = 0;
  let watcher = () => {};
  const due = new Map<number, { at: number; run: () => void }>();
  const plan = (at: number, run: () => void) => {
    const id = next++;
    due.set(id, { at, run });
    return () => void due.delete(id);
  };
  const state = { seen: true, still: false, watched: false };
  const clock: Clock = {
    now: () => now,
    frame: (run) => plan((Math.floor(now / refresh + 1e-6) + 1) * refresh, run),
    after: (milliseconds, run) => plan(now + milliseconds, run),
  };
  const audience: Audience = {
    seen: () => state.seen,
    still: () => state.still,
    watch: (changed) => {
      watcher = changed;
      state.watched = true;
      return () => {
        state.watched = false;
      };
    },
  };
  return {
    clock,
    audience,
    state,
    planned: () => due.size,
    change: (change: { seen?: boolean; still?: boolean }) => {
      Object.assign(state, change);
      watcher();
    },
    /** Lets time pass, running what falls due in order. */
    pass: (milliseconds: number) => {
      const end = now + milliseconds;
      for (;;) {
        const [first] = [...due].sort(([, a], [, b]) => a.at - b.at);
        if (!first || first[1].at > end) break;
        due.delete(first[0]);
        now = Math.max(now, first[1].at);
        first[1].run();
      }
      now = end;
    },
  };
}
