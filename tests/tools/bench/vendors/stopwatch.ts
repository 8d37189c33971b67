import { silence, sound } from './listening';

/*
 * The same for our panel and for a bare page, there before anything else of either: what is seen and
 * heard in this document, and when, in milliseconds since the document began.
 */
const awaken = /Reading with you|Listening|Speaking/u;

/** Looks whenever something in the document changes. */
function seen<T>(look: () => T | null): Promise<T> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => check());
    const check = () => {
      const found = look();
      if (found === null) return;
      observer.disconnect();
      resolve(found);
    };
    observer.observe(document, { childList: true, subtree: true, characterData: true });
    check();
  });
}

let heard: Promise<number> = Promise.reject(new Error('Nobody asked anything.'));
heard.catch(() => undefined);

const stopwatch = {
  /** The first picture of a maker's video. */
  async picture(): Promise<number> {
    const video = await seen(() => document.querySelector('video'));
    return new Promise((resolve) => {
      video.requestVideoFrameCallback(() => resolve(performance.now()));
    });
  },
  /** The panel says that somebody is there. */
  async awake(): Promise<number> {
    await seen(() => (awaken.test(document.body?.textContent ?? '') ? true : null));
    return performance.now();
  },
  /** From now until the first sound. */
  async sound(): Promise<number> {
    const began = performance.now();
    await sound();
    return performance.now() - began;
  },
  silence,
  /** The next Enter asks. */
  arm(): void {
    heard = new Promise((resolve, reject) => {
      const pressed = ({ key }: KeyboardEvent) => {
        if (key !== 'Enter') return;
        removeEventListener('keydown', pressed, true);
        stopwatch.sound().then(resolve, reject);
      };
      addEventListener('keydown', pressed, true);
    });
  },
  /** From that Enter to the first sound. */
  heard: () => heard,
};
type Stopwatch = typeof stopwatch;

declare global {
  var stopwatch: Stopwatch;
}

globalThis.stopwatch = stopwatch;
