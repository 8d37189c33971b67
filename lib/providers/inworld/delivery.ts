import type { InworldPacket } from '@inworld/web-core';
import type { Speech } from '@/lib/session/provider';
import type { Timing } from '@/lib/session/timing';
import { cuesFor, timed } from '@/lib/voice/timing';
import { cuesOf } from './phonemes';

/** One sentence of an answer, as far as it is known. */
export interface Utterance {
  text: string;
  /** Milliseconds of its sound that have come, and of those the ones that have begun to be played. */
  known: number;
  played: number;
}

export interface Chunk {
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
    begin({ packet, utterance, message, whole, at, language }) {
      const { durationMs = 0, additionalPhonemeInfo: phonemes = [] } = packet.audio;
      const { words, duration } = timed(utterance.text, language, 1);
      // The estimate on the vendor's clock: stretched to the sound that is known, once all of it is.
      const scale = whole && duration > 0 ? utterance.known / duration : 1;
      const begun = utterance.played;
      const end = begun + durationMs;
      utterance.played = end;
      const own = words
        .map((word) => ({ ...word, start: word.start * scale, duration: word.duration * scale }))
        .filter(({ start }) => start >= begun && (start < end || whole));
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

/** Milliseconds of sound in a chunk that is a WAV file, by its header; 0 for others. */
export function lengthOf(chunk: string): number {
  if (!chunk.startsWith('UklGR')) return 0;
  const head = atob(chunk.slice(0, 60));
  const at = (byte: number) => head.charCodeAt(byte);
  const perSecond = at(28) + at(29) * 2 ** 8 + at(30) * 2 ** 16 + at(31) * 2 ** 24;
  return perSecond > 0 ? (Math.max(0, chunk.length * 0.75 - 44) / perSecond) * 1000 : 0;
}
