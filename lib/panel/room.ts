import { effect, signal } from '@preact/signals';
import type { Session } from '@/lib/session/session';

/** Tells an avatar how much room there is for its picture, so that it sends no larger one. */
export interface Room {
  room(width: number, height: number): void;
  dispose(): void;
}

/** While the panel is dragged wider its size changes with every frame, ms. */
const pause = 250;

export function createRoom(session: Session): Room {
  const size = signal({ width: 0, height: 0 });
  const stop = effect(() => {
    const { width, height } = size.value;
    if (session.state.value.status !== 'live' || width === 0 || height === 0) return undefined;
    const timer = setTimeout(() => {
      // The picture it has is shown in any room, so one that does not follow is no failure.
      void session.resize(width, height).catch(() => undefined);
    }, pause);
    return () => clearTimeout(timer);
  });
  return {
    room(width, height) {
      size.value = { width, height };
    },
    dispose: stop,
  };
}
