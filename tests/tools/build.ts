import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export type Target = 'chrome' | 'firefox';

/**
 * Builds the extension as it ships into `<folder>/<target>-mv3` and returns that folder.
 * @param root - where its sources are
 * @throws with the builder's own words when it fails
 */
export async function buildInto(folder: string, target: Target, root = '.'): Promise<string> {
  await wxt('build', folder, target, {}, root);
  return path.join(path.resolve(folder), `${target}-mv3`);
}

/**
 * Packs the Chromium build as a store would get it; its size in bytes.
 * @param more - environment of the build, such as which providers go in
 */
export async function zipInto(folder: string, more: NodeJS.ProcessEnv = {}): Promise<number> {
  await wxt('zip', folder, 'chrome', more);
  const zip = (await readdir(folder)).find((file) => file.endsWith('-chrome.zip'));
  if (zip === undefined) throw new Error(`There is no zip in ${folder}`);
  return (await stat(path.join(folder, zip))).size;
}

/** In a process of its own: inside a test runner `NODE_ENV` would make it a development build. */
async function wxt(
  verb: 'build' | 'zip',
  folder: string,
  target: Target,
  more: NodeJS.ProcessEnv = {},
  root = '.',
): Promise<void> {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const runner = path.resolve('node_modules/tsx/dist/cli.mjs');
  try {
    const built = path.resolve(folder);
    await execute(process.execPath, [runner, import.meta.filename, verb, built, target], {
      cwd: root,
      env: { ...env, ...more },
      timeout: 120_000,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The ${target} ${verb} failed.\n${stdout}\n${stderr}`, { cause: error });
  }
}

const [, script, verb, folder, target] = process.argv;
if (script === import.meta.filename && folder !== undefined) {
  const { build, zip } = await import('wxt');
  const run = verb === 'zip' ? zip : build;
  await run({ outDir: path.resolve(folder), browser: target === 'firefox' ? target : 'chrome' });
}
