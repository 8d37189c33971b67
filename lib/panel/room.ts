import { effect, signal } from '@preact/signals';
import type { Session } from '@/lib/session/session';

/** Tells an avatar how much room there is for its picture, so that it sends no larger one. */
export interface Room {
  room(width: number, height: number): void;
  /** Whether anybody can see the panel at all. */
  seen(isSeen: boolean): void;
  dispose(): void;
}

/** While the panel is dragged wider its size changes with every frame, ms. */
const pause = 250;
/** A moment away is not worth a blurred picture afterwards, ms. */
const away = 10_000;
/** For nobody. Browsers decode whatever arrives, so the least is asked for. CSS px */
const least = { width: 64, height: 48 };

export function createRoom(session: Session): Room {
  const size = signal({ width: 0, height: 0 });
  const isSeen = signal(true);
  const stop = effect(() => {
    const { width, height } = isSeen.value ? size.value : least;
    if (session.state.value.status !== 'live' || width === 0 || height === 0) return undefined;
    const timer = setTimeout(
      () => {
        // The picture it has is shown in any room, so one that does not follow is no failure.
        void session.resize(width, height).catch(() => undefined);
      },
      isSeen.value ? pause : away,
    );
    return () => clearTimeout(timer);
  });
  return {
    room(width, height) {
      size.value = { width, height };
    },
    seen(now) {
      isSeen.value = now;
    },
    dispose: stop,
  };
}
