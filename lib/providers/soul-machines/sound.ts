import type { Scene } from '@soulmachines/smwebsdk';
import { AppError, isAppError } from '@/lib/errors';
import type { ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';

/** Whether the video may be heard: the reader's wish, the browser's leave, and a silence just asked for. */
export interface Sound {
  /** Plays it, with sound if the browser lets us; rejects where it cannot play at all. */
  readonly start: (scene: Scene, ms: number, signal: AbortSignal) => Promise<void>;
  readonly mute: (muted: boolean) => Promise<void>;
  /** Silent at once, until the returned way out is taken and what was on its way has come in. */
  readonly hold: () => () => void;
  readonly drop: () => void;
}

/** How much sound is on its way when the service says it is silent, ms. */
const underWay = 250;

export function createSound(
  video: HTMLVideoElement,
  muted: boolean,
  emit: (event: Extract<ProviderEvent, { type: 'voice' }>) => void,
): Sound {
  let [wished, blocked] = [muted, false];
  const holds = new Set<object>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const settle = () => {
    video.muted = wished || blocked || holds.size > 0;
  };

  return {
    async start(scene, ms, signal) {
      let outcome: unknown;
      try {
        outcome = await within(realTiming, ms, signal, scene.startVideo(video));
      } catch (cause) {
        throw signal.aborted
          ? new AppError('aborted', { cause })
          : new AppError(isAppError(cause) ? 'vendor_media' : 'vendor_unplayed', { cause });
      }
      blocked = isMute(outcome);
      settle();
      // The service speaks only once it is told that the video has started, and of a muted one
      // the SDK tells at its next change of volume. A reader who reads along wants it to speak.
      if (wished && !blocked) {
        video.dispatchEvent(new Event('volumechange'));
      }
      emit({ type: 'voice', state: blocked ? 'blocked' : 'heard' });
    },
    async mute(muted) {
      wished = muted;
      if (!muted && blocked) {
        blocked = false;
        settle();
        try {
          await video.play();
        } catch {
          blocked = true;
        }
        emit({ type: 'voice', state: blocked ? 'blocked' : 'heard' });
      }
      settle();
    },
    hold() {
      const mine = {};
      holds.add(mine);
      settle();
      return () => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          holds.delete(mine);
          settle();
        }, underWay);
        timers.add(timer);
      };
    },
    drop() {
      timers.forEach((timer) => clearTimeout(timer));
      timers.clear();
    },
  };
}

function isMute(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'audio' in outcome && !outcome.audio;
}
