import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstalled } from '../tools/setup/browsers.mjs';
import { until } from './until';

/** A sound system with a sink nobody hears. */
export interface Sound {
  /** For the launch of a browser that shall have it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A real voice (eSpeak NG) that speaks into it. */
export interface Voices extends Sound {
  readonly args: readonly string[];
}

export const hasSound = process.platform === 'linux' && isInstalled('pulseaudio');
export const hasVoices = hasSound && ['speech-dispatcher', 'espeak-ng'].every(isInstalled);

/** Chromium starts speech-dispatcher by itself; without a sound server that would hang for ever. */
export async function startVoices(): Promise<Voices> {
  return { ...(await startSound()), args: ['--enable-speech-dispatcher'] };
}

export async function startSound(): Promise<Sound> {
  // Private, since both services keep their sockets and their names in there.
  const runtime = await mkdtemp(path.join(tmpdir(), 'visavis-voice-'));
  const env = { XDG_RUNTIME_DIR: runtime };
  const modules = ['module-null-sink sink_name=nul', 'module-native-protocol-unix'];
  const pulse = spawn(
    'pulseaudio',
    ['-n', '--daemonize=no', '--exit-idle-time=-1', ...modules.flatMap((module) => ['-L', module])],
    { env: { ...process.env, ...env }, stdio: 'ignore' },
  );
  const stop = () => {
    pulse.kill();
  };
  process.once('exit', stop);
  await until('the sound server', () => existsSync(path.join(runtime, 'pulse/native')));
  return {
    env,
    close: async () => {
      process.off('exit', stop);
      await endDispatcher(runtime);
      stop();
      await rm(runtime, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Ends the speech-dispatcher that a browser with this `XDG_RUNTIME_DIR` started: it outlives the browser. */
export async function endDispatcher(runtime: string): Promise<void> {
  const file = path.join(runtime, 'speech-dispatcher/pid/speech-dispatcher.pid');
  if (!existsSync(file)) return;
  // Not asked politely: while it looks for a sound server it does not listen.
  process.kill(Number(await readFile(file, 'utf8')), 'SIGKILL');
}
