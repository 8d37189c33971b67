import { realTiming, type Timing } from '@/lib/session/timing';

/** The one way a vendor's video gets onto the stage. */
export interface Screen {
  /** For an SDK that wants to be handed its element; `show` what it has put there. */
  readonly element: HTMLVideoElement;
  /** Plays it. Its tracks stay the caller's. Again with the same stream: plays on. */
  show(stream: MediaStream): Promise<void>;
  /** `false` within a click also unlocks sound that the browser held back. */
  mute(muted: boolean): Promise<void>;
  /** 0 to 1. */
  volume(volume: number): void;
  /** To be called within a click, after `blocked`. */
  unlock(): Promise<void>;
  /** May be called twice. */
  close(): void;
}

export interface ScreenEvents {
  /** The first real picture is there; once per stream. */
  readonly shown: () => void;
  /** No picture for three seconds, though somebody looks. */
  readonly stalled: () => void;
  /** Pictures again. */
  readonly moving: () => void;
  /**
   * `blocked`: the browser wants a click before there is sound, and it plays without until then.
   * `failed`: it does not play at all.
   */
  readonly sound: (outcome: 'heard' | 'blocked' | 'failed') => void;
}

/** Milliseconds without a picture after which it stands still. */
const patience = 3000;

/**
 * A `<video>` at the end of `stage`. Until its first real picture it cannot be seen, so that the
 * portrait behind it shows through and there is never a black box.
 */
export function createScreen(
  stage: HTMLElement,
  events: ScreenEvents,
  timing: Timing = realTiming,
): Screen {
  const { ownerDocument: document } = stage;
  const element = document.createElement('video');
  element.className = 'screen-video';
  element.autoplay = true;
  element.playsInline = true;
  element.disablePictureInPicture = true;
  // What it shows is told by the portrait's name and the captions.
  element.setAttribute('aria-hidden', 'true');
  cover();

  const life = new AbortController();
  const { signal } = life;
  /** The reader's wish; the element may be muted without it. */
  let muted = false;
  let blocked = false;
  let told = false;
  let stalled = false;
  let callOff = () => {};
  /** Counts attempts to play, so that the end of an old one changes nothing. */
  let attempt = 0;
  let stopCounting = () => {};

  function cover(): void {
    delete element.dataset['shown'];
    // Not `visibility`: a video that is not painted at all may be given no frames.
    element.style.opacity = '0';
  }

  function uncover(): void {
    element.dataset['shown'] = '';
    element.style.opacity = '';
    if (told) return;
    told = true;
    events.shown();
  }

  /** Three seconds from now it stands still, unless a picture comes or nobody looks any more. */
  function watch(): void {
    callOff();
    callOff = () => {};
    if (document.hidden || !told || stalled) return;
    callOff = timing.after(patience, () => {
      stalled = true;
      events.stalled();
    });
  }

  function frame(): void {
    uncover();
    if (stalled) {
      stalled = false;
      events.moving();
    }
    watch();
  }

  /** Only a picture has a width: sound alone loads data and moves the time as well. */
  function loaded(): void {
    if (element.videoWidth === 0) return;
    uncover();
    watch();
  }

  async function play(): Promise<void> {
    attempt += 1;
    const mine = attempt;
    const superseded = () => signal.aborted || mine !== attempt;
    element.muted = muted;
    try {
      await element.play();
      if (superseded()) return;
      blocked = false;
      events.sound('heard');
    } catch (error) {
      if (superseded()) return;
      if (!refused(error) || element.muted) return events.sound('failed');
      element.muted = true;
      blocked = true;
      await element.play().then(
        () => superseded() || events.sound('blocked'),
        () => superseded() || events.sound('failed'),
      );
    }
  }

  element.addEventListener('loadeddata', loaded, { signal });
  // Hidden, the video itself is left alone: the browser paints nothing then, and no more can be
  // saved from here. Chromium 156 decodes whatever arrives, be the track disabled or removed or
  // the element paused (2026-11), and a disabled track comes back as a black picture.
  document.addEventListener('visibilitychange', watch, { signal });
  stage.append(element);

  return {
    element,
    async show(stream) {
      if (signal.aborted) return;
      if (element.srcObject !== stream) {
        element.srcObject = stream;
        cover();
        told = false;
        stalled = false;
      }
      stopCounting();
      stopCounting = everyFrame(element, frame);
      watch();
      await play();
    },
    async mute(wanted) {
      muted = wanted;
      // Sound has to be asked for: outside of a click the browser would stop the whole video.
      if (muted || !element.srcObject) element.muted = muted;
      else await play();
    },
    volume(volume) {
      element.volume = Math.min(1, Math.max(0, volume));
    },
    async unlock() {
      if (blocked) await play();
    },
    close() {
      if (signal.aborted) return;
      life.abort();
      callOff();
      stopCounting();
      element.pause();
      element.srcObject = null;
      element.remove();
    },
  };
}

/** Calls back for every picture; returns the way to stop. */
function everyFrame(element: HTMLVideoElement, frame: () => void): () => void {
  if (!('requestVideoFrameCallback' in element)) return everyTime(element, frame);
  let request = 0;
  const next = () => {
    request = element.requestVideoFrameCallback(() => {
      next();
      frame();
    });
  };
  next();
  return () => element.cancelVideoFrameCallback(request);
}

/** Where frames are not told one by one: a video whose time moves. */
function everyTime(element: HTMLVideoElement, frame: () => void): () => void {
  let before = element.currentTime;
  const moved = () => {
    if (element.videoWidth > 0 && element.currentTime > before) frame();
    before = element.currentTime;
  };
  element.addEventListener('timeupdate', moved);
  return () => element.removeEventListener('timeupdate', moved);
}

/** The browser wants a click before there is sound. */
function refused(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
