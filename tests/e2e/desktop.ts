import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { isInstalled } from '../tools/setup/browsers.mjs';
import { within } from './until';

const execute = promisify(execFile);

/** A screen nobody sees, with a keyboard: for what a browser only shows to a real window. */
export interface Desktop {
  /** For the environment of what shall appear on it. */
  readonly display: string;
  /** Presses keys as X names them, one after the other: `Up`, `Return`, `alt+shift+v`. */
  press(...keys: string[]): Promise<void>;
  /** How many windows can be seen; a native menu is one of them. */
  windows(): Promise<number>;
  close(): void;
}

/** Native menus, dialogs and shortcuts can be reached only where there is X. */
export const hasDesktop =
  process.platform === 'linux' && isInstalled('Xvfb') && isInstalled('xdotool');

export async function startDesktop(width = 1280, height = 900): Promise<Desktop> {
  // It picks a free number itself and writes it to the descriptor once it listens.
  const screen = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-dpi', '96'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const display = `:${await within('Xvfb to listen', displayOf(screen))}`;
  const close = () => {
    screen.kill();
  };
  process.once('exit', close);
  const xdotool = async (...args: readonly string[]) =>
    execute('xdotool', args, { env: { ...process.env, DISPLAY: display }, timeout: 5_000 });
  return {
    display,
    press: async (...keys) => {
      for (const key of keys) await xdotool('key', '--clearmodifiers', key);
    },
    windows: async () => {
      const { stdout } = await xdotool('search', '--onlyvisible', '--name', '');
      return stdout.trim().split('\n').length;
    },
    close: () => {
      process.off('exit', close);
      close();
    },
  };
}

async function displayOf(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    screen.once('error', reject);
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    screen.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
}
