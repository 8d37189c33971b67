import { awaitWords, mark, takeMarks } from './marks';
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

/** Of one question, ms since it was asked. */
export interface Answered {
  /** It goes out to the maker. */
  readonly told: number;
  /** The first sound. */
  readonly heard: number;
}

let answered: Promise<Answered> = Promise.reject(new Error('Nobody asked anything.'));
answered.catch(() => undefined);

const stopwatch = {
  /** The first picture of a maker's video. */
  async picture(): Promise<number> {
    const video = await seen(() => document.querySelector('video'));
    return new Promise((resolve) => {
      video.requestVideoFrameCallback((_, { presentationTime }) => resolve(presentationTime));
    });
  },
  /** The panel says that somebody is there. */
  async awake(): Promise<number> {
    await seen(() => (awaken.test(document.body?.textContent ?? '') ? true : null));
    return performance.now();
  },
  sound,
  silence,
  mark,
  /** What was marked so far. */
  marks: takeMarks,
  /** From now until the first sound of the answer to that question. */
  async asked(question: string): Promise<Answered> {
    const began = performance.now();
    awaitWords(question);
    const heard = (await sound()) - began;
    return { told: (takeMarks()['told'] ?? Number.NaN) - began, heard };
  },
  /** The next Enter asks it. */
  arm(question: string): void {
    answered = new Promise((resolve, reject) => {
      const pressed = ({ key }: KeyboardEvent) => {
        if (key !== 'Enter') return;
        removeEventListener('keydown', pressed, true);
        stopwatch.asked(question).then(resolve, reject);
      };
      addEventListener('keydown', pressed, true);
    });
  },
  /** Of the question of that Enter. */
  answered: () => answered,
};
type Stopwatch = typeof stopwatch;

declare global {
  var stopwatch: Stopwatch;
}

globalThis.stopwatch = stopwatch;
