import { AppError } from '@/lib/errors';
import type { ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';
import type { Limits } from '@/lib/providers/soul-machines/limits';

/** The vendor's video on the stage. */
export interface Picture {
  readonly video: HTMLVideoElement;
  /** Resolves with its first picture; rejects with `vendor_media` where none comes in time. */
  readonly first: (signal: AbortSignal) => Promise<void>;
  readonly drop: () => void;
}

export interface PictureOptions {
  readonly stage: HTMLElement;
  readonly muted: boolean;
  readonly volume: number;
  readonly limits: Limits;
  readonly emit: (event: Extract<ProviderEvent, { type: 'video' }>) => void;
  /** It has stood still for too long. */
  readonly frozen: () => void;
}

/** How often it is looked whether pictures still come, ms. */
const look = 500;

export function createPicture(options: PictureOptions): Picture {
  const { stage, muted, volume, limits, emit, frozen } = options;
  const video = document.createElement('video');
  video.playsInline = true;
  video.autoplay = true;
  video.muted = muted;
  video.volume = volume;
  let state: 'none' | 'shown' | 'stalled' = 'none';
  let last = performance.now();
  let dropped = false;
  let arrived: () => void = () => undefined;
  const shown = new Promise<void>((resolve) => {
    arrived = resolve;
  });

  const become = (next: typeof state) => {
    if (next !== state) emit({ type: 'video', state: next });
    state = next;
  };
  const seen = () => {
    if (dropped) return;
    last = performance.now();
    become('shown');
    arrived();
    handle = video.requestVideoFrameCallback(seen);
  };
  let handle = video.requestVideoFrameCallback(seen);
  const timer = setInterval(() => {
    // Nobody's pictures are shown in a hidden page, nor while sound waits for a click.
    if (document.hidden || video.paused) last = performance.now();
    const still = performance.now() - last;
    if (state !== 'none' && still > limits.stalled) become('stalled');
    if (state === 'stalled' && still > limits.frozen) frozen();
  }, look);
  stage.append(video);

  return {
    video,
    async first(signal) {
      if (document.hidden) return;
      try {
        await within(realTiming, limits.picture, signal, shown);
      } catch (cause) {
        throw new AppError(signal.aborted ? 'aborted' : 'vendor_media', { cause });
      }
    },
    drop() {
      if (dropped) return;
      dropped = true;
      clearInterval(timer);
      video.cancelVideoFrameCallback(handle);
      become('none');
      video.srcObject = null;
      video.remove();
    },
  };
}
