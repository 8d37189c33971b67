import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toInt16 } from '@/lib/ears/level';
import { createResampler } from '@/lib/ears/resample';
import { encodeWav } from '../emulators/media/wav';
import { join } from '../sound/noise';

/** A Chromium's microphone that brings what it is told. */
export interface FakeMicrophone {
  /** For the launch of the browser. */
  readonly args: readonly string[];
  /**
   * From the next time it is opened on: this sound (mono, 16 kHz) from its first sample, then
   * silence. It comes as a device would bring it, at 48 kHz.
   */
  bring(sound: Float32Array): Promise<void>;
  close(): Promise<void>;
}

export async function startMicrophone(): Promise<FakeMicrophone> {
  const rate = 48_000;
  const folder = await mkdtemp(path.join(tmpdir(), 'visavis-microphone-'));
  const file = path.join(folder, 'speech.wav');
  const bring = async (sound: Float32Array) => {
    const resampler = createResampler(16_000, rate);
    const samples = join(resampler.push(join(sound, seconds(1))), resampler.end());
    await writeFile(file, encodeWav({ rate, pcm: toInt16(samples) }));
  };
  await bring(seconds(0));
  return {
    args: [
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}%noloop`,
    ],
    bring,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Of silence, at 16 kHz. */
export const seconds = (count: number) => new Float32Array(count * 16_000);
