import type { Ear } from '@/lib/ears/ear';
import { plain } from '@/lib/ears/plain';
import type { Recognition, SpeechRecogniser } from '@/lib/ears/recognition';
import { AppError } from '@/lib/errors';
import type { Speech } from '@/lib/session/provider';
import { browserClock, type Clock } from '@/lib/voice/clock';

export interface RecogniserOptions {
  readonly recognition: Recognition;
  /** BCP 47 */
  readonly language: string;
  /** Nothing leaves the device; where that cannot be done, nothing is heard. */
  readonly local: boolean;
  readonly emit: (event: Speech) => void;
  readonly clock?: Clock;
}

/** The browser's recognition, turned into what a provider tells: interim words, then a question. */
export interface Recogniser {
  hear(ear: Ear | null): void;
  /** While the avatar itself can be heard nothing is recognised. */
  pause(paused: boolean): void;
  close(): void;
}

/**
 * Guarded against recognisers that never answer, that end whenever they like, and that bring markup.
 *
 * With an open microphone it runs all the time: started only when somebody speaks, it would miss
 * the first words.
 */
export function createRecogniser(options: RecogniserOptions): Recogniser {
  const { recognition, language, local, emit, clock = browserClock } = options;
  let ear: Ear | null = null;
  let stopHearing: () => void = () => undefined;
  let running: SpeechRecogniser | null = null;
  let paused = false;
  let gaveUp = false;
  let failures = 0;
  let speaking = false;
  /** The question under way: what is settled of it, and what is not. */
  let id: string | null = null;
  let settled = '';
  let unsettled = '';
  let callOff: () => void = () => undefined;
  let callOffStart: () => void = () => undefined;
  /** The key is up; silence now would be no answer. */
  let awaited = false;

  const words = () => plain(`${settled} ${unsettled}`);
  const wanted = () => ear !== null && !paused && !gaveUp && (ear.mode === 'open' || speaking);

  function forget(): void {
    callOff();
    callOff = () => undefined;
    awaited = false;
    id = null;
    settled = '';
    unsettled = '';
  }

  /** What was shown of a question that will not be asked is taken back. */
  function retract(): void {
    const mine = id;
    forget();
    if (mine !== null) emit({ type: 'said', id: mine, who: 'reader', text: '', final: true });
  }

  /** The reader has finished, and so has the recogniser, or it has had its time. */
  function finish(): void {
    const text = words();
    const mine = id;
    const silent = awaited && mine === null;
    forget();
    if (mine !== null && text !== '') emit({ type: 'asked', id: mine, text });
    if (silent) emit({ type: 'failed', error: new AppError('ears_silent') });
  }

  function finishSoon(): void {
    callOff();
    callOff = clock.after(patience, () => {
      const held = awaited;
      finish();
      // It never answered; the next key gets a new one.
      if (held) drop();
    });
  }

  function giveUp(cause: unknown): void {
    gaveUp = true;
    drop();
    retract();
    emit({ type: 'failed', error: new AppError('ears_unavailable', { cause }) });
  }

  function heard(event: Event): void {
    if (!isResult(event)) return;
    failures = 0;
    let interim = '';
    for (let n = event.resultIndex; n < event.results.length; n += 1) {
      const result = event.results[n];
      const text = result?.[0]?.transcript ?? '';
      if (result?.isFinal === true) settled = plain(`${settled} ${text}`);
      else interim += ` ${text}`;
    }
    unsettled = interim;
    const text = words();
    if (text === '') return;
    id ??= crypto.randomUUID();
    emit({ type: 'said', id, who: 'reader', text, final: false });
    if (speaking) callOff();
    else if (plain(unsettled) === '') finish();
    else finishSoon();
  }

  function failed(event: Event): void {
    const why = 'error' in event ? event.error : '';
    // Silence, and what we did ourselves.
    if (why === 'no-speech' || why === 'aborted') return;
    failures += 1;
    if (failures >= attempts || final.has(String(why))) giveUp(event);
  }

  function ended(recogniser: SpeechRecogniser): void {
    if (running !== recogniser) return;
    running = null;
    if (!speaking) finish();
    // Browsers end it after some silence or a minute; not at once again, should it end at once again.
    callOffStart();
    if (wanted()) callOffStart = clock.after(pause, start);
  }

  function start(): void {
    if (running || !wanted() || !ear) return;
    const made = new recognition();
    made.lang = language;
    made.continuous = true;
    made.interimResults = true;
    if (local) made.processLocally = true;
    made.addEventListener('result', (event) => running === made && heard(event));
    made.addEventListener('error', (event) => running === made && failed(event));
    made.addEventListener('end', () => ended(made));
    running = made;
    try {
      begin(made, ear.track);
    } catch (thrown) {
      running = null;
      giveUp(thrown);
    }
  }

  function drop(): void {
    callOffStart();
    const dropped = running;
    running = null;
    dropped?.abort();
  }

  function began(): void {
    speaking = true;
    callOff();
    emit({ type: 'speaking', who: 'reader' });
    start();
  }

  function stopped(): void {
    if (!speaking) return;
    speaking = false;
    emit({ type: 'speaking', who: null });
    awaited = ear?.mode === 'hold';
    if (awaited) running?.stop();
    else if (id === null) return;
    else if (plain(unsettled) === '') {
      finish();
      return;
    }
    finishSoon();
  }

  function quiet(): void {
    stopHearing();
    stopHearing = () => undefined;
    const open = speaking;
    speaking = false;
    if (open) emit({ type: 'speaking', who: null });
    awaited = false;
    finish();
    drop();
  }

  return {
    hear(next) {
      // A key that was let go closes the microphone; what was said by then is still understood.
      if (next === null && ear?.mode === 'hold' && running) {
        stopHearing();
        stopHearing = () => undefined;
        ear = null;
        return;
      }
      quiet();
      ear = next;
      gaveUp = false;
      failures = 0;
      if (!ear) return;
      stopHearing = ear.onSpeech((speech) => (speech === 'began' ? began() : stopped()));
      start();
    },
    pause(on) {
      if (on === paused) return;
      paused = on;
      if (paused) {
        drop();
        retract();
      } else start();
    },
    close() {
      retract();
      quiet();
      ear = null;
    },
  };
}

/** ms after the reader has finished in which the last words may still come. */
const patience = 5_000;
/** ms before another one is started. */
const pause = 300;
/** In a row, without a word between them. */
const attempts = 3;
/** Nothing the same browser would do otherwise the next time. */
const final: ReadonlySet<string> = new Set([
  'not-allowed',
  'service-not-allowed',
  'language-not-supported',
  'audio-capture',
]);

/** From our own track, where the browser can: else it captures the system's device by itself. */
function begin(recogniser: SpeechRecogniser, track: MediaStreamTrack): void {
  try {
    recogniser.start(track);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'InvalidStateError') throw thrown;
    recogniser.start();
  }
}

interface ResultEvent extends Event {
  readonly resultIndex: number;
  readonly results: readonly {
    readonly isFinal: boolean;
    readonly [n: number]: { readonly transcript: string };
  }[];
}

function isResult(event: Event): event is ResultEvent {
  return 'results' in event && 'resultIndex' in event;
}
