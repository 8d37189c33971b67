import { readFileSync } from 'node:fs';
import { readWav } from './wav';

/** Sentences spoken by eSpeak NG, mono at 16 kHz, from their first sound to their last. */
export function spoken(name: 'fish' | 'coral' | 'names'): Float32Array {
  const file = new URL(`speech/${name}.wav`, import.meta.url);
  return readWav(readFileSync(file)).samples;
}
