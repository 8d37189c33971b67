import type { Sound } from './wav.ts';

/** Shared by every copy of this module: emulators are loaded apart from the tests that ask them. */
const place = Symbol.for('visavis.sound');

/** Keeps the sound beside what is told of it, where no printed record grows by a second of speech. */
export function keepSound<T extends object>(told: T, sound: Sound): T {
  return Object.defineProperty(told, place, { value: sound, enumerable: false });
}

/** The sound that was kept beside it; null where none was. */
export function soundOf(told: unknown): Sound | null {
  if (typeof told !== 'object' || told === null || !(place in told)) return null;
  return told[place] as Sound;
}
