import { createHash } from 'node:crypto';
import { resample } from '@/tests/emulators/media/resample';
import { voiceRate, type Utterance, type Voice } from '@/tests/emulators/media/voice';
import { decodeWav, encodeWav } from '@/tests/emulators/media/wav';

/** Sounds on their way to a client and back from it. */
export interface Sounds {
  /** A text spoken, as base64 of a WAV file. */
  speak(text: string): Promise<string>;
  /** Any WAV file, ready to be said with these words. */
  read(wav: Uint8Array, text: string): Promise<Utterance>;
}

/** Sounds remembered: 3 MB for half a minute. */
const kept = 32;

/** Bringing a sentence to another rate costs a tenth of a second: what was made here is known again. */
export function createSounds(voice: Voice): Sounds {
  const files = new WeakMap<Utterance, Buffer>();
  const made = new Map<string, Utterance>();
  return {
    async speak(text) {
      const utterance = await voice.speak(text);
      const pcm = () => resample(utterance.pcm, voiceRate, 16_000);
      const wav = files.get(utterance) ?? encodeWav({ pcm: pcm(), rate: 16_000 });
      files.set(utterance, wav);
      made.set(digestOf(wav), utterance);
      const [oldest] = made.keys();
      if (made.size > kept && oldest !== undefined) made.delete(oldest);
      return wav.toString('base64');
    },
    async read(wav, text) {
      const known = made.get(digestOf(wav));
      if (known) return { ...known, text };
      const { pcm, rate } = decodeWav(wav);
      const { cues } = await voice.speak(text === '' ? 'Hm.' : text);
      const sound = resample(pcm, rate, voiceRate);
      return { text, pcm: sound, durationMs: (sound.length / voiceRate) * 1000, cues };
    },
  };
}

function digestOf(wav: Uint8Array): string {
  return createHash('sha256').update(wav).digest('base64');
}
