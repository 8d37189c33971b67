import type { VisemeCue } from '@/lib/face/cue';
import { segmenter } from '@/lib/text/segmenter';
import { soundsOf, type Sound } from '@/lib/voice/sounds';

/** A word of an utterance: UTF-16 offsets, and milliseconds from its beginning. */
export interface TimedWord {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly duration: number;
  readonly sounds: readonly Sound[];
}

export interface Timed {
  readonly words: readonly TimedWord[];
  /** Milliseconds until it has been said, with the breath after it. */
  readonly duration: number;
}

/**
 * How long `text` takes at `rate` (1 is the voice's own), word by word, as far as its letters
 * tell. `pace` is what a voice was found to need of that (see `createPace`); above 1 is slower.
 */
export function timed(text: string, language: string, rate: number, pace = 1): Timed {
  const scale = (pace * connected) / rate;
  const words: TimedWord[] = [];
  let now = 0;
  for (const { segment, index } of segmenter(language, 'word').segment(text)) {
    // Not by `isWordLike`: Firefox 153 denies it to most words in Devanagari (2026-11).
    if (!/[\p{L}\p{N}%&+$]/u.test(segment)) {
      now += pauseAt(segment) * (scale / connected);
      continue;
    }
    const sounds = soundsOf(segment, language);
    const duration = lengthOf(sounds) * scale;
    words.push({ from: index, to: index + segment.length, start: now, duration, sounds });
    now += duration;
  }
  return { words, duration: now + (breath * scale) / connected };
}

/**
 * The mouth for `words`, begun at `startAt` on the `performance.now()` clock. Shut in pauses and
 * after the last word.
 */
export function cuesFor(words: readonly TimedWord[], startAt: number): VisemeCue[] {
  const cues: VisemeCue[] = [];
  words.forEach(({ start, duration, sounds }, i) => {
    const stretch = duration / lengthOf(sounds);
    let at = startAt + start;
    for (const { viseme, duration, weight } of sounds) {
      cues.push({ viseme, at, weight });
      at += duration * stretch;
    }
    const next = words[i + 1];
    if (!next || startAt + next.start - at > shut) cues.push({ viseme: 'sil', at, weight: 1 });
  });
  return cues;
}

/** What each voice was found to need of the estimate, from its finished sentences. */
export interface Pace {
  of(voice: string): number;
  /** `actual` and `estimated` in milliseconds, for the same words at the same rate. */
  learn(voice: string, actual: number, estimated: number): void;
}

export function createPace(): Pace {
  const known = new Map<string, number>();
  const of = (voice: string) => known.get(voice) ?? 1;
  return {
    of,
    learn(voice, actual, estimated) {
      const found = (of(voice) * actual) / estimated;
      // Outside of this it was no speech, but a voice that gave up or a machine that slept.
      if (!(found > 0.4 && found < 3)) return;
      known.set(voice, known.has(voice) ? (of(voice) + found) / 2 : found);
    },
  };
}

/**
 * Sounds are shorter in running speech than by themselves. With this, English, German, French,
 * Spanish, Russian and Greek sentences take 0.9 to 1.15 of the estimate in Chromium 156 with
 * eSpeak (2026-11); pauses and breath are counted in full.
 */
const connected = 0.72;
/** Milliseconds of silence after a sentence. */
const breath = 250;
/** A pause longer than this shuts the mouth, in milliseconds. */
const shut = 90;

function pauseAt(between: string): number {
  if (/[.!?…。！？؟\n]/u.test(between)) return 300;
  if (/[;:—–()“”"；：]/u.test(between)) return 180;
  return /[,、，،]/u.test(between) ? 140 : 0;
}

function lengthOf(sounds: readonly Sound[]): number {
  return sounds.reduce((sum, { duration }) => sum + duration, 0);
}
