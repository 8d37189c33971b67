import type { Speech } from '@/lib/session/provider';
import type { Clock } from '@/lib/voice/clock';
import { createRecital } from '@/lib/voice/recital';
import type { Outcome, Throat } from '@/lib/voice/throat';
import { timed, type Pace } from '@/lib/voice/timing';
import type { Utterance } from '@/lib/voice/utterances';

/** One utterance on its way to the reader. */
export interface Line {
  readonly id: string;
  readonly language: string;
  readonly utterance: Utterance;
}

/** One line being read: heard where it can be, shown in any case. */
export interface Reading {
  readonly line: Line;
  /** A voice is at it, or is awaited. */
  readonly voiced: boolean;
  /** Offset in the message just behind the last word that was begun. */
  readonly reached: number;
  start(): void;
  /** The rest of it without sound. */
  hush(): void;
  /** Silence, a shut mouth and no more events. */
  drop(): void;
}

export interface Script {
  readonly line: Line;
  /** Null reads without sound, at the pace of the estimate. */
  readonly sound: Sound | null;
  readonly rate: number;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly emit: (event: Speech) => void;
  /** The words begin, now. Again when a voice joins in that was no longer expected. */
  readonly began: () => void;
  readonly heard: () => void;
  /** No sound came of it. It is read on without. */
  readonly failed: (why: 'none' | 'blocked') => void;
  /** Once, last; not after `drop`. */
  readonly finished: () => void;
}

interface Sound {
  readonly throat: Throat;
  readonly voice: SpeechSynthesisVoice;
  /** A fresh one for every attempt: one that was cancelled may still have events on their way. */
  readonly utterance: () => SpeechSynthesisUtterance;
  /** Waited for, and tried twice. Otherwise the words begin at once and a voice may join in. */
  readonly trusted: boolean;
}

export function read(script: Script): Reading {
  const { line, sound, rate, pace, clock, emit } = script;
  const key = sound?.voice.voiceURI ?? '';
  const estimate = timed(line.utterance.text, line.language, rate, pace.of(key));
  let attempts = sound?.trusted ? 2 : 1;
  let silence: (() => void) | null = null;
  const recital = createRecital({
    ...line,
    timed: estimate,
    clock,
    emit,
    finished: () => {
      if (!silence) finish();
    },
  });

  const begin = () => {
    script.began();
    recital.begin();
  };
  const finish = () => {
    recital.stop();
    script.finished();
  };
  const readOn = () => {
    if (recital.over) finish();
    else if (!recital.begun) begin();
  };
  const attempt = (heard: Sound) => {
    attempts -= 1;
    silence = heard.throat.sound(heard.utterance(), estimate.duration, {
      started() {
        script.heard();
        begin();
      },
      word: (index) => recital.reach(index),
      over(outcome) {
        silence = null;
        if (outcome === 'unheard' && attempts > 0) attempt(heard);
        else settle(outcome);
      },
    });
  };
  const settle = (outcome: Outcome) => {
    switch (outcome) {
      case 'ended':
        // An engine without an audio device ends at once: what it swallowed is still to be read.
        if (!recital.begun || recital.elapsed < estimate.duration / 4) return readOn();
        pace.learn(key, recital.elapsed, estimate.duration);
        return finish();
      case 'stalled':
        return finish();
      case 'cut':
        return readOn();
      case 'unheard':
        script.failed('none');
        return readOn();
      case 'blocked':
        script.failed('blocked');
        return readOn();
    }
  };

  return {
    line,
    start() {
      if (!sound?.trusted) begin();
      if (sound) attempt(sound);
    },
    get voiced() {
      return silence !== null;
    },
    get reached() {
      return recital.reached;
    },
    hush() {
      if (!silence) return;
      silence();
      silence = null;
      readOn();
    },
    drop() {
      silence?.();
      silence = null;
      recital.stop();
    },
  };
}
