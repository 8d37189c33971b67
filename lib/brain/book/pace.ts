import { AppError } from '@/lib/errors';

/** Long work in slices, so that the face goes on moving meanwhile. */
export interface Pace {
  /** Gives way once the slice is used up. Rejects with `aborted` when the reader called it off. */
  step(): Promise<void>;
}

/** Milliseconds of work at a stretch. A frame is 16; the pause the face may make is 50. */
const slice = 12;

export function startPace(signal: AbortSignal): Pace {
  let until = performance.now() + slice;
  return {
    async step() {
      stopIfAborted(signal);
      if (performance.now() < until) return;
      await new Promise((resolve) => setTimeout(resolve, 0));
      stopIfAborted(signal);
      until = performance.now() + slice;
    },
  };
}

/** @throws AppError `aborted`. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('aborted', { cause: signal.reason });
}
