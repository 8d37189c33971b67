import type { Clock } from '@/lib/voice/clock';

/**
 * How an attempt at being heard went. `unheard`: it never started. `stalled`: it never ended.
 * `cut`: somebody else stopped it half-way. `blocked`: the browser wants a click first.
 */
export type Outcome = 'ended' | 'unheard' | 'stalled' | 'cut' | 'blocked';

interface Hearing {
  started(): void;
  /** The voice is at this UTF-16 index of the utterance. Many voices never say so. */
  word(index: number): void;
  /** Once, last; not before `sound` has returned nor after it was silenced. It is quiet by then. */
  over(outcome: Outcome): void;
}

/** The browser's speech, one utterance at a time, guarded against voices that hang. */
export interface Throat {
  /**
   * One attempt; `estimate` is how many milliseconds it should take. Returns the way to silence it
   * at once.
   */
  sound(utterance: SpeechSynthesisUtterance, estimate: number, hearing: Hearing): () => void;
}

export function createThroat(synthesis: SpeechSynthesis, clock: Clock): Throat {
  let restUntil = 0;
  const cancel = () => {
    synthesis.cancel();
    restUntil = clock.now() + afterCancel;
  };
  return {
    sound(utterance, estimate, hearing) {
      let started = false;
      let callOff = () => {};
      const listening = new AbortController();
      const { signal } = listening;

      // These hold the utterance and the caller holds them: Chromium forgets the events of an
      // utterance that nobody refers to.
      const detach = () => {
        callOff();
        listening.abort();
      };
      const over = (outcome: Outcome) => {
        detach();
        hearing.over(outcome);
      };
      const giveUp = (outcome: Outcome) => () => {
        // Detached first: cancelling makes an error of its own.
        detach();
        cancel();
        hearing.over(outcome);
      };
      const start = () => {
        if (started) return;
        started = true;
        callOff();
        callOff = clock.after(2 * estimate + patience, giveUp('stalled'));
        hearing.started();
      };
      const boundary = ({ name, charIndex }: SpeechSynthesisEvent) => {
        start();
        if (name !== 'sentence') hearing.word(charIndex);
      };
      const end = () => over('ended');
      const error = (event: SpeechSynthesisErrorEvent) => {
        const why = event.error === 'not-allowed' ? 'blocked' : started ? 'cut' : 'unheard';
        // Later, since Chromium refuses while `speak` is still being called.
        callOff();
        callOff = clock.after(0, () => over(why));
      };
      const speak = () => {
        utterance.addEventListener('start', start, { signal });
        utterance.addEventListener('boundary', boundary, { signal });
        utterance.addEventListener('end', end, { signal });
        utterance.addEventListener('error', error, { signal });
        callOff = clock.after(patience, giveUp('unheard'));
        // A page that was frozen while it spoke comes back paused.
        if (synthesis.paused) synthesis.resume();
        synthesis.speak(utterance);
      };

      const rest = restUntil - clock.now();
      if (rest > 0) callOff = clock.after(rest, speak);
      else speak();
      return () => {
        detach();
        cancel();
      };
    },
  };
}

/**
 * Milliseconds until a voice counts as stuck. Chromium 156 with speech-dispatcher starts within
 * 40 to 110 ms (2026-11), but another page's speech may have to end first.
 */
const patience = 3000;

/**
 * Milliseconds after `cancel()` before the next `speak()`. Older Chromium with speech-dispatcher
 * dropped what was spoken at once (votingworks/bmd#1106); 156 no longer does (2026-11).
 */
const afterCancel = 50;
