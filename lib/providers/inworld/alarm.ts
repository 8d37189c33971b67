import type { Timing } from '@/lib/session/timing';

/** One timer, set anew or put off. */
export interface Alarm {
  on(ms: number, done: () => void): void;
  off(): void;
}

export function createAlarm(timing: Timing): Alarm {
  let callOff = () => {};
  return {
    on(ms, done) {
      callOff();
      callOff = timing.after(ms, done);
    },
    off() {
      callOff();
    },
  };
}
