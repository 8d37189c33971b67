import type { Speech } from '@/lib/session/provider';
import type { Timing } from '@/lib/session/timing';
import { createAlarm } from './alarm';
import type { Feeling } from './emotions';

/** What a character feels: seen while it speaks, and for a while after. */
export interface Mood {
  feel(feeling: Feeling): void;
  speaking(yes: boolean): void;
  /** Calm, now. */
  close(): void;
}

export function createMood(timing: Timing, emit: (event: Speech) => void): Mood {
  const calm = createAlarm(timing);
  let felt: Feeling | null = null;
  let audible = false;

  function calmDown(): void {
    if (felt && felt.emotion !== 'neutral') emit({ type: 'emotion', emotion: 'neutral' });
    felt = null;
  }
  function letPass(): void {
    if (felt && !audible) calm.on(felt.lasts, calmDown);
  }

  return {
    feel(feeling) {
      calm.off();
      felt = feeling;
      emit({ type: 'emotion', emotion: feeling.emotion });
      letPass();
    },
    speaking(yes) {
      audible = yes;
      if (yes) calm.off();
      else letPass();
    },
    close() {
      calm.off();
      calmDown();
    },
  };
}
