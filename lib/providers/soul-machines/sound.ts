import type { Scene } from '@soulmachines/smwebsdk';
import { AppError, isAppError } from '@/lib/errors';
import { createHolds, type Holds } from '@/lib/providers/holds';
import type { ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';

/** Whether the video may be heard: the reader's wish, the browser's leave, and a silence just asked for. */
export interface Sound {
  /** Plays it, with sound if the browser lets us; rejects where it cannot play at all. */
  readonly start: (scene: Scene, ms: number, signal: AbortSignal) => Promise<void>;
  readonly mute: (muted: boolean) => Promise<void>;
  readonly holds: Holds;
  readonly drop: () => void;
}

export function createSound(
  video: HTMLVideoElement,
  muted: boolean,
  emit: (event: Extract<ProviderEvent, { type: 'voice' }>) => void,
): Sound {
  let [wished, blocked] = [muted, false];
  const settle = () => {
    video.muted = wished || blocked || holds.any;
  };
  const holds = createHolds(settle);

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
    holds,
    drop: holds.drop,
  };
}

function isMute(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'audio' in outcome && !outcome.audio;
}
