import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createResampler } from '@/lib/ears/resample';
import { join } from '../sound/noise';
import { writeWav } from '../sound/wav';

/**
 * Arguments for a Chromium whose microphone is this sound (mono, 16 kHz), from its first sample each
 * time it is opened, then silence. As a device would bring it, at 48 kHz.
 */
export async function microphonePlaying(sound: Float32Array): Promise<string[]> {
  const rate = 48_000;
  const resampler = createResampler(16_000, rate);
  const samples = join(resampler.push(sound), resampler.end());
  const folder = await mkdtemp(path.join(tmpdir(), 'visavis-microphone-'));
  const file = path.join(folder, 'speech.wav');
  await writeFile(file, writeWav({ rate, samples }));
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}%noloop`];
}

export const seconds = (count: number) => new Float32Array(count * 16_000);
