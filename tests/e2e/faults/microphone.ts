import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeWav, encodeWav } from '../../emulators/media/wav';
import type { Driver, LaunchOptions } from '../driver';
import type { View } from '../view';
import { hasSound, startSound } from '../voices';

/** Somebody speaks into it and pauses, over and over. */
export interface Microphone {
  /** For the launch of a browser that shall have it. */
  readonly options: Pick<LaunchOptions, 'args' | 'env'>;
  /** Once it is open in that panel. */
  speakInto(panel: View): Promise<void>;
  close(): Promise<void>;
}

export function microphoneOf(name: Driver['name']): Promise<Microphone> {
  return name === 'chromium' ? speaking() : humming();
}

/** A sentence from a file, and two seconds of silence. */
async function speaking(): Promise<Microphone> {
  const { pcm, rate } = decodeWav(await readFile('tests/sound/speech/fish.wav'));
  const padded = new Int16Array(pcm.length + 2 * rate);
  padded.set(pcm);
  const folder = await mkdtemp(path.join(tmpdir(), 'visavis-speech-'));
  const file = path.join(folder, 'fish.wav');
  await writeFile(file, encodeWav({ pcm: padded, rate }));
  return {
    options: {
      args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`],
    },
    speakInto: () => Promise.resolve(),
    close: () => rm(folder, { recursive: true }),
  };
}

/** Firefox's fake device brings a steady tone, and no file; its audio starts only with a sound system. */
async function humming(): Promise<Microphone> {
  const sound = hasSound ? await startSound() : null;
  return {
    options: { env: sound?.env ?? {} },
    async speakInto(panel) {
      await panel.waitFor('the microphone to be open', pauseNowAndThen);
    },
    close: async () => sound?.close(),
  };
}

/** Runs in the panel. */
function pauseNowAndThen(): boolean {
  const [track] = globalThis.visavisTracks ?? [];
  if (!track) return false;
  setInterval(() => {
    track.enabled = !track.enabled;
  }, 1500);
  return true;
}
