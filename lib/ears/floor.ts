/** The quietest of the last 3.2 seconds of frames, in eight parts so that the oldest can be forgotten. */
export function createFloor(): { push(level: number): number } {
  let parts: number[] = [];
  let current = Infinity;
  let count = 0;
  return {
    push(level) {
      current = Math.min(current, level);
      count += 1;
      const floor = Math.min(current, ...parts);
      if (count === partFrames) {
        parts = [...parts, current].slice(-partCount);
        current = Infinity;
        count = 0;
      }
      return floor;
    },
  };
}

/** 400 ms each. */
const partFrames = 20;
const partCount = 8;
