import { spawn } from 'node:child_process';
import { until } from '../../e2e/until';
import { hasVoices, startVoices, type Voices } from '../../e2e/voices';
import { isInstalled } from '../setup/browsers.mjs';

/** The loudspeaker of a sound system of its own, and an ear at it: the system's voices are heard, too. */
export interface Loudspeaker extends Voices {
  /** Resolves when something can be heard. */
  sound(): Promise<void>;
  /** Resolves when nothing has been for a second. @returns the last of it, `Date.now()` */
  silence(): Promise<number>;
}

export const hasLoudspeaker = hasVoices && isInstalled('parec');

const rate = 16_000;
const latency = '--latency-msec=10';
/** Samples looked at together: 10 ms. */
const window = 160;
/** Of full scale, root mean square. */
const audible = 0.0025;

export async function startLoudspeaker(): Promise<Loudspeaker> {
  const voices = await startVoices();
  const ear = spawn(
    'parec',
    ['-d', 'nul.monitor', '--raw', '--format=s16le', '--channels=1', `--rate=${rate}`, latency],
    { env: { ...process.env, ...voices.env }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const stop = () => {
    ear.kill();
  };
  process.once('exit', stop);
  let last = 0;
  let rest = Buffer.alloc(0);
  ear.stdout.on('data', (more: Buffer) => {
    const now = Date.now();
    const all = Buffer.concat([rest, more]);
    const bytes = window * 2;
    let at = 0;
    for (; at + bytes <= all.length; at += bytes) {
      let power = 0;
      for (let n = 0; n < window; n += 1) power += (all.readInt16LE(at + 2 * n) / 0x8000) ** 2;
      const before = ((all.length - at) / 2 / rate) * 1000;
      if (Math.sqrt(power / window) > audible) last = Math.max(last, now - before);
    }
    rest = all.subarray(at);
  });
  return {
    ...voices,
    async sound() {
      const since = Date.now();
      await until('a voice', () => last > since);
    },
    async silence() {
      await until('silence', () => Date.now() - last > 1000);
      return last;
    },
    async close() {
      process.off('exit', stop);
      stop();
      await voices.close();
    },
  };
}
