import { createHolds, type Holds } from '@/lib/providers/holds';
import type { ProviderEvent } from '@/lib/session/provider';

/** The avatar's picture on the stage, and its voice. */
export interface Picture {
  /** Resolves when it can be seen. */
  readonly shown: Promise<void>;
  /** Its voice is let out: neither muted nor held back by the browser. */
  readonly isHeard: boolean;
  mute(muted: boolean): Promise<void>;
  readonly holds: Holds;
  volume(level: number): void;
  sink(deviceId: string): Promise<void>;
  close(): void;
}

export interface PictureOptions {
  readonly stage: HTMLElement;
  readonly stream: MediaStream;
  readonly volume: number;
  readonly muted: boolean;
  /** No new picture for that long is a picture that stands still, ms. */
  readonly still: number;
  readonly emit: (event: ProviderEvent) => void;
}

/** Picture and voice are played apart: a picture nobody sees may rest while the voice goes on. */
export function showPicture(options: PictureOptions): Picture {
  const { stage, stream, volume, muted, still, emit } = options;
  const over = new AbortController();
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  video.srcObject = new MediaStream(stream.getVideoTracks());
  stage.append(video);
  const audio = document.createElement('audio');
  let wished = muted;
  const settle = () => {
    audio.muted = wished || holds.any;
  };
  const holds = createHolds(settle);
  settle();
  audio.volume = volume;
  audio.srcObject = new MediaStream(stream.getAudioTracks());
  let state: 'none' | 'shown' | 'stalled' = 'none';
  let seen = performance.now();
  let arrived: () => void = () => undefined;
  const shown = new Promise<void>((resolve) => {
    arrived = resolve;
  });

  const become = (next: typeof state) => {
    if (state === next || over.signal.aborted) return;
    state = next;
    emit({ type: 'video', state });
  };
  let frame = 0;
  const look = () => {
    frame = video.requestVideoFrameCallback(() => {
      seen = performance.now();
      become('shown');
      arrived();
      look();
    });
  };
  look();
  const watch = setInterval(() => {
    if (state === 'shown' && !document.hidden && performance.now() - seen > still) {
      become('stalled');
    }
  }, still / 6);
  const play = (element: HTMLMediaElement) => element.play().catch(() => undefined);
  document.addEventListener(
    'visibilitychange',
    () => {
      seen = performance.now();
      if (document.hidden) video.pause();
      else void play(video);
    },
    { signal: over.signal },
  );
  void play(video);

  async function sound(): Promise<void> {
    try {
      await audio.play();
      if (!over.signal.aborted) emit({ type: 'voice', state: 'heard' });
    } catch (thrown) {
      const isBlocked = thrown instanceof DOMException && thrown.name === 'NotAllowedError';
      if (isBlocked && !over.signal.aborted) emit({ type: 'voice', state: 'blocked' });
    }
  }
  void sound();

  return {
    shown,
    get isHeard() {
      return !wished && !audio.paused;
    },
    async mute(muted) {
      wished = muted;
      settle();
      if (!muted && audio.paused) await sound();
    },
    holds,
    volume(level) {
      audio.volume = Math.max(0, Math.min(1, level));
    },
    sink: (deviceId) => audio.setSinkId(deviceId),
    close() {
      if (over.signal.aborted) return;
      become('none');
      over.abort();
      holds.drop();
      clearInterval(watch);
      video.cancelVideoFrameCallback(frame);
      for (const element of [video, audio]) {
        element.pause();
        element.srcObject = null;
      }
      video.remove();
    },
  };
}
