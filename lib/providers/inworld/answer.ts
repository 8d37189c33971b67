import type { InworldPacket } from '@inworld/web-core';
import type { Utterance } from './delivery';
import type { Feeling } from './emotions';

/** One interaction of the vendor's: everything a character says to one question. */
export interface Answer {
  /** Of our message. */
  readonly id: string;
  /** It was waited for. */
  readonly asked: boolean;
  readonly utterances: Map<string, Utterance>;
  /** The text last told. */
  shown: string;
  /** Something was done, or can be heard. */
  acted: boolean;
  /** The vendor has ended the turn, or we have. */
  ended: boolean;
  /** Chunks that came and have not been played to their end. */
  readonly unplayed: Set<string>;
  /** What is felt from a chunk on, by the chunk. */
  readonly feelings: Map<string, Feeling>;
  /** What is felt from the next chunk on. */
  feeling: Feeling | null;
}

/** An answer longer than this never ends, in characters. */
export const longest = 20_000;

export function newAnswer(asked: boolean): Answer {
  return {
    id: crypto.randomUUID(),
    asked,
    utterances: new Map(),
    shown: '',
    acted: false,
    ended: false,
    unplayed: new Set(),
    feelings: new Map(),
    feeling: null,
  };
}

export function utteranceOf({ utterances }: Answer, { packetId }: InworldPacket): Utterance {
  const key = packetId.utteranceId ?? '';
  const known = utterances.get(key) ?? { text: '', complete: true, known: 0, played: 0, words: 0 };
  utterances.set(key, known);
  return known;
}

export function textOf({ utterances }: Answer): string {
  return Array.from(utterances.values(), ({ text }) => text)
    .filter((text) => text !== '')
    .join(' ');
}

/** Where an utterance stands in that text. */
export function offsetOf({ utterances }: Answer, wanted: Utterance): number {
  let at = 0;
  for (const utterance of utterances.values()) {
    if (utterance === wanted) break;
    if (utterance.text !== '') at += utterance.text.length + 1;
  }
  return at;
}

/** It stopped in the middle of a sentence. */
export function isBroken({ utterances }: Answer): boolean {
  return [...utterances.values()].some(({ complete }) => !complete);
}
