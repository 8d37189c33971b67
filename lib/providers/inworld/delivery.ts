import type { InworldPacket } from '@inworld/web-core';
import type { Speech } from '@/lib/session/provider';
import type { Timing } from '@/lib/session/timing';
import { cuesFor, timed, type TimedWord } from '@/lib/voice/timing';
import { cuesOf } from './phonemes';

/** One sentence of an answer, as far as it is known. */
export interface Utterance {
  text: string;
  /** No more words of it are to come. */
  complete: boolean;
  /** Milliseconds of its sound that have come, and of those the ones that have begun to be played. */
  known: number;
  played: number;
  /** Words that have been shown as spoken, or are about to be. */
  words: number;
}

interface Chunk {
  readonly packet: InworldPacket;
  readonly utterance: Utterance;
  /** Where the utterance stands in the message, now. */
  readonly message: () => { readonly id: string; readonly from: number };
  /** No more sound of this utterance is to come. */
  readonly whole: boolean;
  /** When it is heard, on the `performance.now()` clock. */
  readonly at: number;
  readonly language: string;
}

/** The mouth and the caption of what is being played. */
export interface Delivery {
  begin(chunk: Chunk): void;
  /** The mouth shuts, and no further word is shown. */
  stop(): void;
}

export function createDelivery(timing: Timing, emit: (event: Speech) => void): Delivery {
  const pending = new Set<() => void>();
  let mouthUntil = 0;

  const later = (ms: number, done: () => void) => {
    const callOff = timing.after(Math.max(0, ms), () => {
      pending.delete(callOff);
      done();
    });
    pending.add(callOff);
  };

  return {
    begin({ packet, utterance, message, whole, at: now, language }) {
      // Chunks follow each other without overlap, whatever the clock of the page says.
      const at = Math.max(now, mouthUntil);
      const { durationMs = 0, additionalPhonemeInfo: phonemes = [] } = packet.audio;
      const begun = utterance.played;
      const end = begun + durationMs;
      utterance.played = end;
      const rest = restOf(utterance, { begun, whole, language });
      // With the last of its sound all of it has been said.
      const last = whole && end >= utterance.known - 1;
      const own = rest.filter(({ start }) => last || start < end);
      utterance.words += own.length;
      for (const { from, to, start } of own) {
        later(at + Math.min(start - begun, durationMs) - performance.now(), () => {
          const { id, from: offset } = message();
          emit({ type: 'spoken', id, from: offset + from, to: offset + to });
        });
      }
      const cues =
        phonemes.length > 0
          ? cuesOf(phonemes, at, durationMs)
          : [
              ...cuesFor(own, at - begun).filter((cue) => cue.at < at + durationMs),
              { viseme: 'sil' as const, at: at + durationMs, weight: 1 },
            ];
      mouthUntil = at + durationMs;
      emit({ type: 'visemes', cues });
    },
    stop() {
      for (const callOff of pending) callOff();
      pending.clear();
      if (mouthUntil > performance.now()) emit({ type: 'visemes', cues: [] });
      mouthUntil = 0;
    },
  };
}

/**
 * The words not shown yet, from `begun` on. Their times are an estimate, stretched to the sound that
 * is left once all of it is known; begun anew with each chunk, so that no word falls between two.
 */
function restOf(
  { text, words: shown, known }: Utterance,
  { begun, whole, language }: { begun: number; whole: boolean; language: string },
): TimedWord[] {
  const { words, duration } = timed(text, language, 1);
  const rest = words.slice(shown);
  const from = rest[0]?.start ?? duration;
  const scale = whole && duration > from ? (known - begun) / (duration - from) : 1;
  return rest.map((word) => ({
    ...word,
    start: begun + (word.start - from) * scale,
    duration: word.duration * scale,
  }));
}

/** Milliseconds of sound in a chunk that is a WAV file, by its header; 0 for others. */
export function lengthOf(chunk: string): number {
  if (!chunk.startsWith('UklGR')) return 0;
  const head = atob(chunk.slice(0, 60));
  const at = (byte: number) => head.charCodeAt(byte);
  const perSecond = at(28) + at(29) * 2 ** 8 + at(30) * 2 ** 16 + at(31) * 2 ** 24;
  return perSecond > 0 ? (Math.max(0, chunk.length * 0.75 - 44) / perSecond) * 1000 : 0;
}
