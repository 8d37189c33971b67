import type { Viseme } from '@/lib/face/cue';
import { resample } from '@/tests/emulators/media/resample';
import { createVoice, voiceRate } from '@/tests/emulators/media/voice';
import { encodeWav } from '@/tests/emulators/media/wav';
import type { InworldKnobs } from './knobs.ts';

/** Hertz of what is sent and of what is heard. */
export const rate = 16_000;

export interface Piece {
  /** A whole WAV file, base64. */
  readonly chunk: string;
  readonly additionalPhonemeInfo: readonly { phoneme: string; startOffset: string }[];
}

const voice = createVoice();

/** A sentence in so many pieces, each with the phonemes that fall into it. */
export async function speak(
  text: string,
  { pieces, haste }: Pick<InworldKnobs, 'pieces' | 'haste'>,
): Promise<Piece[]> {
  const { pcm, cues: slow } = await voice.speak(text);
  const sound = resample(pcm, voiceRate * haste, rate);
  const cues = slow.map(({ viseme, at }) => ({ viseme, at: at / haste }));
  const size = Math.ceil(sound.length / Math.max(1, pieces));
  const made: Piece[] = [];
  for (let from = 0; from < sound.length; from += size) {
    const part = sound.subarray(from, from + size);
    const [start, end] = [(from / rate) * 1000, ((from + part.length) / rate) * 1000];
    made.push({
      chunk: encodeWav({ pcm: part, rate }).toString('base64'),
      additionalPhonemeInfo: cues
        .filter(({ at }) => at >= start && at < end)
        .map(({ viseme, at }) => ({
          phoneme: phonemes[viseme],
          startOffset: `${((at - start) / 1000).toFixed(3)}s`,
        })),
    });
  }
  return made;
}

/** One phoneme that looks like it, in the phonetic alphabet. */
const phonemes: Record<Viseme, string> = {
  sil: '',
  PP: 'p',
  FF: 'f',
  TH: 'θ',
  DD: 'd',
  kk: 'k',
  CH: 'tʃ',
  SS: 's',
  nn: 'n',
  RR: 'ɹ',
  aa: 'ˈɑː',
  E: 'ɛ',
  I: 'ɪ',
  O: 'ɔ',
  U: 'u',
};

/** What came in by the microphone: how long, how loud, and how high its strongest tone is. */
export function describe(pcm: Int16Array) {
  let power = 0;
  let crossings = 0;
  for (let i = 1; i < pcm.length; i += 1) {
    const [before, now] = [pcm[i - 1] ?? 0, pcm[i] ?? 0];
    power += now * now;
    if (before < 0 && now >= 0) crossings += 1;
  }
  const seconds = pcm.length / rate;
  return {
    seconds,
    loudness: Math.sqrt(power / Math.max(1, pcm.length)) / 32_768,
    hertz: seconds > 0 ? crossings / seconds : 0,
  };
}
