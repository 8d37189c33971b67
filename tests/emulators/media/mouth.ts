import type { VisemeCue } from '@/lib/face/cue';
import { voiceRate, type Utterance } from '@/tests/emulators/media/voice';

/** `hushed`: cut short, or the peer was closed. */
export type Outcome = 'finished' | 'hushed';

export interface Mouth {
  say(utterance: Utterance): Promise<Outcome>;
  hush(): void;
  readonly saying: Utterance | null;
  /** Of what is being said, on the `performance.now()` clock. */
  readonly cues: readonly VisemeCue[];
  /** Begins to sound, if it does not yet. */
  start(): void;
  stop(): void;
}

export interface MouthEvents {
  /** Ten milliseconds at 48 kHz, to be sent now. Silence too: a line that is open is never still. */
  readonly block: (samples: Int16Array) => void;
  readonly onStart?: ((utterance: Utterance) => void) | undefined;
  readonly onEnd?: ((utterance: Utterance, outcome: Outcome) => void) | undefined;
}

/**
 * Says one thing after the other in 10 ms blocks. How many blocks are due is counted from the
 * beginning, so a late timer makes none of them late for ever.
 */
export function createMouth({ block, onStart, onEnd }: MouthEvents): Mouth {
  const lines: Line[] = [];
  let began = 0;
  let sent = 0;
  let timer: NodeJS.Timeout | null = null;

  const end = (line: Line, outcome: Outcome) => {
    if (line.at > 0) onEnd?.(line.utterance, outcome);
    line.resolve(outcome);
  };
  const next = (): Int16Array => {
    const [line] = lines;
    if (!line) return new Int16Array(samples);
    if (line.at === 0) {
      const now = performance.now();
      line.cues = line.utterance.cues.map((cue) => ({ ...cue, at: cue.at + now }));
      onStart?.(line.utterance);
    }
    // A copy of its own: the addon reads from the beginning of the buffer, not of the view.
    const piece = new Int16Array(samples);
    piece.set(line.utterance.pcm.subarray(line.at, line.at + samples));
    line.at += samples;
    if (line.at >= line.utterance.pcm.length) {
      lines.shift();
      end(line, 'finished');
    }
    return piece;
  };
  const tick = () => {
    const due = Math.floor((performance.now() - began) / period);
    // A machine that slept must not make up for it at once: the listener would hear it late.
    if (due - sent > most) sent = due - 1;
    for (; sent < due; sent += 1) block(next());
  };

  return {
    say: (utterance) =>
      new Promise((resolve) => {
        lines.push({ utterance, at: 0, cues: [], resolve });
      }),
    hush: () => lines.splice(0).forEach((line) => end(line, 'hushed')),
    get saying() {
      return lines[0]?.utterance ?? null;
    },
    get cues() {
      return lines[0]?.cues ?? [];
    },
    start() {
      if (timer) return;
      began = performance.now();
      sent = 0;
      timer = setInterval(tick, period);
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
      lines.splice(0).forEach((line) => end(line, 'hushed'));
    },
  };
}

interface Line {
  readonly utterance: Utterance;
  /** Samples of it that are out. */
  at: number;
  cues: readonly VisemeCue[];
  readonly resolve: (outcome: Outcome) => void;
}

/** Milliseconds and samples of a block. */
const period = 10;
const samples = voiceRate / 100;
/** Blocks made up for at once. */
const most = 25;
