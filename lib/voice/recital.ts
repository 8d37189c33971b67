import type { Speech } from '@/lib/session/provider';
import type { Clock } from '@/lib/voice/clock';
import { cuesFor, type Timed } from '@/lib/voice/timing';
import type { Utterance } from '@/lib/voice/utterances';

/** The caption and the mouth of one utterance, by the estimate until a voice tells better. */
export interface Recital {
  readonly begun: boolean;
  /** The estimate has run out. */
  readonly over: boolean;
  /** Offset in the message just behind the last word shown; its first character before any was. */
  readonly reached: number;
  /** Milliseconds since it began. */
  readonly elapsed: number;
  /** From the first word, now. Called again it starts over: the voice came late. */
  begin(): void;
  /** The voice is at character `index` of the utterance now. */
  reach(index: number): void;
  /** Nothing more is shown; a mouth that would still move is shut. */
  stop(): void;
}

export interface Reciting {
  readonly id: string;
  readonly utterance: Utterance;
  readonly timed: Timed;
  readonly clock: Clock;
  readonly emit: (event: Speech) => void;
  /** The estimate has run out; not called after `stop`. */
  readonly finished: () => void;
}

export function createRecital({ id, utterance, timed, clock, emit, finished }: Reciting): Recital {
  const { words, duration } = timed;
  const { origin } = utterance;
  let beganAt = 0;
  /** Word `anchor` was at `anchoredAt`, and those after it take `stretch` times their estimate. */
  let anchor = 0;
  let anchoredAt = 0;
  let stretch = 1;
  let shown = -1;
  let state: 'new' | 'running' | 'over' = 'new';
  let mouthUntil = 0;
  let callOff = () => {};

  const startOf = (word: number) => words[word]?.start ?? duration;
  const plannedAt = (word: number) => anchoredAt + (startOf(word) - startOf(anchor)) * stretch;

  const show = (word: number) => {
    const { from, to } = words[word] ?? { from: 0, to: 0 };
    // Not back: a voice that is a little behind the estimate would make the caption stutter.
    if (word <= shown || to === 0) return;
    shown = word;
    emit({ type: 'spoken', id, from: origin[from] ?? 0, to: behind(origin[to - 1]) });
  };

  const mouth = () => {
    const rest = words.slice(anchor).map((word) => ({
      ...word,
      start: (word.start - startOf(anchor)) * stretch,
      duration: word.duration * stretch,
    }));
    const cues = cuesFor(rest, anchoredAt);
    // Cues are said after those before them: what was planned otherwise has to go first.
    if (mouthUntil > clock.now()) emit({ type: 'visemes', cues: [] });
    mouthUntil = cues.at(-1)?.at ?? 0;
    emit({ type: 'visemes', cues });
  };

  /** One timer for the whole: it shows the word that is due, wherever a throttled page woke up. */
  const follow = () => {
    callOff();
    const due = words.findLastIndex((_, word) => plannedAt(word) <= clock.now());
    if (due >= 0) show(due);
    const next = Math.max(due, shown) + 1;
    if (next <= words.length - 1) {
      callOff = clock.after(Math.max(0, plannedAt(next) - clock.now()), follow);
      return;
    }
    callOff = clock.after(Math.max(0, plannedAt(words.length) - clock.now()), () => {
      state = 'over';
      finished();
    });
  };

  return {
    get begun() {
      return state !== 'new';
    },
    get over() {
      return state === 'over';
    },
    get reached() {
      const word = words[shown];
      return word ? behind(origin[word.to - 1]) : (origin[0] ?? 0);
    },
    get elapsed() {
      return clock.now() - beganAt;
    },
    begin() {
      state = 'running';
      beganAt = anchoredAt = clock.now();
      [anchor, shown, stretch] = [0, -1, 1];
      mouth();
      follow();
    },
    reach(index) {
      const word = words.findLastIndex(({ from }) => from <= index);
      const now = clock.now();
      if (state !== 'running' || word < anchor) return;
      show(word);
      if (Math.abs(plannedAt(word) - now) < unseen) return;
      if (startOf(word) > telling) {
        stretch = Math.min(2, Math.max(0.5, (now - beganAt) / startOf(word)));
      }
      [anchor, anchoredAt] = [word, now];
      mouth();
      follow();
    },
    stop() {
      callOff();
      if (mouthUntil > clock.now()) emit({ type: 'visemes', cues: [] });
      mouthUntil = 0;
    },
  };
}

/** Sound and lips this far apart, in milliseconds, are not noticed. */
const unseen = 45;
/** How much of an utterance, in milliseconds, tells the voice's pace. */
const telling = 800;

function behind(offset: number | undefined): number {
  return (offset ?? -1) + 1;
}
