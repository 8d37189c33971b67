import type { Speech } from '@/lib/session/provider';
import { browserClock, type Clock } from '@/lib/voice/clock';
import { read, type Line, type Reading } from '@/lib/voice/reading';
import { createThroat } from '@/lib/voice/throat';
import { createPace } from '@/lib/voice/timing';
import { utterancesOf } from '@/lib/voice/utterances';
import { createVoices } from '@/lib/voice/voices';

/**
 * Says texts aloud, sentence by sentence, on the device. Whatever the voice does, or if there is
 * none, the words and the mouth run on: by what the voice tells, else by an estimate.
 *
 * Emits `speaking`, `spoken`, `visemes` and `voice`.
 */
export interface Speaker {
  /** Queues what is new in `text` since the last call with this id. Ignored once it was interrupted. */
  say(saying: Saying): void;
  /** Silence and a shut mouth before it returns. Where it was cut; null when nothing was being said. */
  interrupt(): Cut | null;
  /** Muted, captions and mouth go on. Called with `false` inside a click it also unlocks. */
  mute(muted: boolean): void;
  /** Inside a click: says again what the browser refused to let be heard. */
  unlock(): void;
  /** Silence, no timers, no more events. May be called twice. */
  close(): void;
}

interface Saying {
  readonly id: string;
  /** The whole text so far; what was said before is not looked at again. */
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** Until then the last sentence may still grow, and waits. */
  readonly done: boolean;
}

interface Cut {
  readonly id: string;
  /** Offset in the text just behind the last word that was begun. */
  readonly at: number;
}

export interface SpeakerOptions {
  /** Undefined where the browser has none. */
  readonly synthesis: SpeechSynthesis | undefined;
  readonly emit: (event: Speech) => void;
  /** `voiceURI`; null chooses by language. */
  readonly voice: string | null;
  /** 0.5 to 2. */
  readonly rate: number;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** Whether text may leave the device to be spoken. */
  readonly allowRemote?: boolean;
  readonly clock?: Clock;
  readonly utter?: (text: string) => SpeechSynthesisUtterance;
  /** Says `pagehide` when the page goes, which would otherwise go on talking in Chromium. */
  readonly page?: EventTarget | undefined;
}

export function createSpeaker(options: SpeakerOptions): Speaker {
  const { synthesis, emit, rate, volume, voice: uri, allowRemote = false } = options;
  const { clock = browserClock, utter = browserUtterance, page = globalThis.window } = options;
  const pace = createPace();
  const throat = synthesis && createThroat(synthesis, clock);
  let { muted } = options;
  let closed = false;
  let queue: Line[] = [];
  let current: Reading | null = null;
  let speaking = false;
  /** How far into each text lines have been queued; Infinity where nothing more is wanted. */
  const queuedTo = new Map<string, number>();
  /** The text being read, also while its next sentence is still being thought of. */
  let place: Cut | null = null;
  let told: VoiceState | null = null;
  /** A voice that failed is tried again beside the estimate, so that nobody waits for it. */
  let trusted = true;
  /** Lines of one text that the browser did not let be heard. */
  let refused: Line[] = [];
  const graceUntil = clock.now() + grace;
  let callOffGrace: (() => void) | null = null;
  const voices = createVoices(synthesis, { uri, allowRemote, came: voicesCame });

  function next(): void {
    const line = queue.shift();
    if (line) {
      perform(line);
      return;
    }
    current = null;
    if (place && queuedTo.get(place.id) === Infinity) place = null;
    if (speaking) emit({ type: 'speaking', who: null });
    speaking = false;
  }

  function perform(line: Line): void {
    const voice = muted ? null : voices.find(line.language);
    current = read({
      line,
      sound:
        throat && voice ? { throat, voice, trusted, utterance: () => worded(line, voice) } : null,
      rate,
      pace,
      clock,
      emit: (event) => {
        if (event.type === 'spoken') place = { id: event.id, at: event.to };
        emit(event);
      },
      began() {
        if (!speaking) emit({ type: 'speaking', who: 'avatar' });
        speaking = true;
      },
      heard() {
        trusted = true;
        refused = [];
        tell('heard');
      },
      failed(why) {
        trusted = false;
        if (why === 'blocked') refused = [...refused.filter(({ id }) => id === line.id), line];
        tell(why);
      },
      finished: next,
    });
    place = { id: line.id, at: line.utterance.origin[0] ?? 0 };
    current.start();
    if (!muted && !voice) voiceless();
  }

  function worded({ utterance }: Line, voice: SpeechSynthesisVoice): SpeechSynthesisUtterance {
    return Object.assign(utter(utterance.text), { voice, lang: voice.lang, rate, volume });
  }

  function tell(state: VoiceState): void {
    callOffGrace?.();
    callOffGrace = null;
    if (state !== told) emit({ type: 'voice', state });
    told = state;
  }

  function voiceless(): void {
    const left = synthesis ? graceUntil - clock.now() : 0;
    if (left > 0) callOffGrace ??= clock.after(left, () => tell('none'));
    else tell('none');
  }

  /** A voice that comes within the grace takes the sentence from its beginning. */
  function voicesCame(): void {
    if (!callOffGrace || !current || current.voiced || muted) return;
    const { line } = current;
    if (!voices.find(line.language)) return;
    callOffGrace();
    callOffGrace = null;
    current.drop();
    perform(line);
  }

  function drop(): void {
    current?.drop();
    next();
  }

  function interrupt(): Cut | null {
    const cut = place;
    for (const id of queuedTo.keys()) queuedTo.set(id, Infinity);
    queue = [];
    refused = [];
    drop();
    return cut;
  }

  function unlock(): void {
    if (closed || refused.length === 0) return;
    const rest = current && !refused.includes(current.line) ? [current.line] : [];
    queue = [...refused, ...rest, ...queue];
    refused = [];
    trusted = true;
    drop();
  }

  function close(): void {
    if (closed) return;
    closed = true;
    interrupt();
    callOffGrace?.();
    voices.close();
    page?.removeEventListener('pagehide', close);
    synthesis?.cancel();
  }

  page?.addEventListener('pagehide', close);
  return {
    say({ id, text, language, done }) {
      const from = queuedTo.get(id) ?? 0;
      if (closed || from === Infinity) return;
      // Slower speech in shorter pieces, for the limit is one of time.
      const limit = Math.round(200 * Math.min(1, rate)) - 1;
      const { utterances, settled } = utterancesOf(text, { language, from, done, limit });
      queuedTo.set(id, done ? Infinity : settled);
      queue.push(...utterances.map((utterance) => ({ id, language, utterance })));
      if (!current) next();
    },
    interrupt,
    mute(on) {
      muted = on;
      if (muted) current?.hush();
      else unlock();
    },
    unlock,
    close,
  };
}

type VoiceState = Extract<Speech, { type: 'voice' }>['state'];

/**
 * Milliseconds for the list of voices to come before we say that there are none. With
 * speech-dispatcher just starting, Chromium 156 needed 2,060 to 3,050 for its list of 13,362,
 * Firefox 153 up to 2,800 (2026-11); to say "none" and then speak is worse than to say it late.
 */
const grace = 5000;

function browserUtterance(text: string): SpeechSynthesisUtterance {
  return new SpeechSynthesisUtterance(text);
}
