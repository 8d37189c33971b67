import { spawn } from 'node:child_process';
import type { VisemeCue } from '@/lib/face/cue';
import { cuesFor, timed, type Timed } from '@/lib/voice/timing';
import { resample } from '@/tests/emulators/media/resample';
import { hum } from '@/tests/emulators/media/stand-in';
import { decodeWav } from '@/tests/emulators/media/wav';

/** Something said, ready to be sent. */
export interface Utterance {
  readonly text: string;
  /** One channel, 48,000 samples a second. */
  readonly pcm: Int16Array;
  readonly durationMs: number;
  /** The mouth, `at` in milliseconds from the beginning. */
  readonly cues: readonly VisemeCue[];
}

export interface Voice {
  speak(text: string): Promise<Utterance>;
}

export interface VoiceOptions {
  /** `stand-in`: as on a machine without eSpeak NG. */
  readonly force?: 'stand-in';
  /** BCP 47. */
  readonly language?: string;
}

/** The rate of every utterance's sound. */
export const voiceRate = 48_000;

/** A voice: eSpeak NG's where it is installed, otherwise a hum of the same length. */
export function createVoice({ force, language = 'en' }: VoiceOptions = {}): Voice {
  const said = new Map<string, Promise<Utterance>>();
  const make = async (text: string): Promise<Utterance> => {
    const estimate = timed(text, language, 1);
    const real = force === 'stand-in' ? null : await espeak(text, language);
    const pcm = real ?? hum(estimate.words, estimate.duration, voiceRate);
    return {
      text,
      pcm,
      durationMs: (pcm.length / voiceRate) * 1000,
      cues: fitted(estimate, pcm),
    };
  };
  return {
    speak(text) {
      const known = said.get(text);
      if (known) return known;
      const made = make(text);
      said.set(text, made);
      const [oldest] = said.keys();
      if (said.size > kept && oldest !== undefined) said.delete(oldest);
      return made;
    },
  };
}

/** Utterances remembered: half a minute each is 3 MB. */
const kept = 32;

/** Null where eSpeak NG is not installed, does not know the language, or said nothing. */
async function espeak(text: string, language: string): Promise<Int16Array | null> {
  const wav = await new Promise<Buffer | null>((resolve) => {
    const child = spawn('espeak-ng', ['-v', language, '--stdin', '--stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    child.on('error', () => resolve(null));
    child.stdin.on('error', () => resolve(null));
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(parts) : null));
    // Through the door for texts, where no text is taken for an option.
    child.stdin.end(text);
  });
  if (!wav || wav.length <= 44) return null;
  const { pcm, rate } = decodeWav(wav);
  return pcm.length === 0 ? null : resample(pcm, rate, voiceRate);
}

/** The estimate's cues, stretched over the part of the sound that is not silence. */
function fitted({ words }: Timed, pcm: Int16Array): VisemeCue[] {
  const cues = cuesFor(words, 0);
  const [first, last] = [cues[0], cues.at(-1)];
  if (!first || !last) return [];
  const loud = (sample: number) => Math.abs(sample) > 300;
  const from = (Math.max(0, pcm.findIndex(loud)) / voiceRate) * 1000;
  const until = (pcm.findLastIndex(loud) / voiceRate) * 1000;
  const scale = Math.max(0, until - from) / Math.max(1, last.at - first.at);
  return cues.map((cue) => ({ ...cue, at: from + (cue.at - first.at) * scale }));
}
