import { wavHead } from '../wav';
import { TTSDecodeError } from './errors';

export const TTS_TARGET_SAMPLE_RATE = 16_000;

/** What the service speaks, out of its base64; what it is, by its first bytes. */
export function decodeSpeech(base64: string): Blob {
  let binary: string;
  try {
    binary = atob(base64);
  } catch (thrown) {
    throw new TTSDecodeError(thrown instanceof Error ? thrown.message : 'invalid base64');
  }
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: typeOf(bytes) });
}

function typeOf(bytes: Uint8Array): string {
  const begins = (magic: string) =>
    Array.from(magic, (letter) => letter.charCodeAt(0)).every((code, i) => bytes[i] === code);
  const isFrame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0;
  return !begins('RIFF') && (begins('ID3') || isFrame) ? 'audio/mpeg' : 'audio/wav';
}

/** As one channel of 16 kHz; as it is where the browser cannot read it. */
export async function resampled(speech: Blob): Promise<Blob> {
  try {
    const context = new OfflineAudioContext(1, 1, TTS_TARGET_SAMPLE_RATE);
    const decoded = await context.decodeAudioData(await speech.arrayBuffer());
    return wavOf(mixed(decoded), TTS_TARGET_SAMPLE_RATE);
  } catch {
    return speech;
  }
}

function mixed(sound: AudioBuffer): Float32Array {
  const out = new Float32Array(sound.length);
  for (let channel = 0; channel < sound.numberOfChannels; channel += 1) {
    sound.getChannelData(channel).forEach((sample, i) => {
      out[i] = (out[i] ?? 0) + sample / sound.numberOfChannels;
    });
  }
  return out;
}

function wavOf(sound: Float32Array, rate: number): Blob {
  const pcm = Int16Array.from(sound, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
  return new Blob([wavHead(pcm.length, rate), pcm], { type: 'audio/wav' });
}

export type AudioFormat = 'wav' | 'mp3';

/** From what the caller says, else from what the sound says of itself. */
export function formatOf(given: string | undefined, speech: Blob): AudioFormat {
  return named(given ?? '') ?? named(speech.type) ?? 'wav';
}

function named(format: string): AudioFormat | null {
  const name = format.split(';')[0]?.trim().toLowerCase() ?? '';
  if (['wav', 'audio/wav', 'audio/x-wav', 'audio/wave'].includes(name)) return 'wav';
  return ['mp3', 'audio/mpeg', 'audio/mp3'].includes(name) ? 'mp3' : null;
}
