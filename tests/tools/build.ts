import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export type Target = 'chrome' | 'firefox';

/**
 * Builds the extension as it ships into `<folder>/<target>-mv3` and returns that folder.
 * In a process of its own: inside a test runner `NODE_ENV` would make it a development build.
 * @throws with the builder's own words when it fails
 */
export async function buildInto(folder: string, target: Target): Promise<string> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  try {
    await promisify(execFile)(
      process.execPath,
      [path.resolve('node_modules/tsx/dist/cli.mjs'), import.meta.filename, folder, target],
      { env, timeout: 120_000 },
    );
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`The ${target} build failed.\n${said}`, { cause: error });
  }
  return path.join(path.resolve(folder), `${target}-mv3`);
}

const [, script, folder, target] = process.argv;
if (script === import.meta.filename && folder !== undefined) {
  const { build } = await import('wxt');
  await build({ outDir: path.resolve(folder), browser: target === 'firefox' ? target : 'chrome' });
}
