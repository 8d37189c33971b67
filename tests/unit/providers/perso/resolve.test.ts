import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { resolvePerso } from '@/lib/providers/perso/sdk/resolve.mjs';
import { buildInto } from '@/tests/tools/build';

/** Stands in the place of the vendor's package, and is known by this word in what is built. */
const mark = 'the-package-of-the-vendor-itself';
const client = `
export const createSession = async () => { throw new Error('${mark}'); };
export const getSessionInfo = createSession;
export class ApiError extends Error {}
export class LLMError extends Error {}
export class LLMStreamingResponseError extends Error {}
export class STTError extends Error {}
export class ChatTool {}
`;
/** In the vendor's package a bundler for browsers would find this too, and it exports nothing. */
const classic = 'a-classic-script-for-a-script-tag';
/** Only our own client says so. */
const ours = 'Tool follow-up loop exceeded maximum rounds';

let folder: string;
let vendor: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'visavis-perso-'));
  vendor = path.join(folder, 'package');
  await mkdir(path.join(vendor, 'dist'), { recursive: true });
  await writeFile(path.join(vendor, 'dist/client.js'), client);
  await writeFile(path.join(vendor, 'dist/client.cjs'), `throw new Error('${classic}');`);
  await writeFile(path.join(vendor, 'dist/client.iife.js'), `var P = { a: '${classic}' };`);
  // As release 1.6.1 has them, in its order.
  const exports = {
    './client': {
      types: './dist/client.d.ts',
      import: './dist/client.js',
      require: './dist/client.cjs',
      browser: './dist/client.iife.js',
    },
  };
  await writeFile(
    path.join(vendor, 'package.json'),
    JSON.stringify({ name: 'perso-interactive-sdk-web', type: 'module', exports }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

describe('the client behind the vendor’s name', () => {
  it('is our own where nobody has the package', () => {
    vi.stubEnv('VISAVIS_PERSO_SDK', '');
    expect(resolvePerso()).toBe(path.resolve('lib/providers/perso/sdk/client.ts'));
  });

  it('is the one in the directory that is named', () => {
    vi.stubEnv('VISAVIS_PERSO_SDK', vendor);
    expect(resolvePerso()).toBe(path.join(vendor, 'dist/client.js'));
  });

  it('is nobody’s where the named directory holds no package', () => {
    vi.stubEnv('VISAVIS_PERSO_SDK', path.join(folder, 'nowhere'));
    expect(() => resolvePerso()).toThrow(/there is no .*nowhere/u);
  });

  it.each([
    ['the vendor’s where its directory is named', 'named', mark, ours],
    ['the vendor’s where it is installed', 'installed', mark, ours],
    // Last, since a build leaves its paths behind for the compiler.
    ['our own elsewhere', 'neither', ours, mark],
  ])(
    'is built into the extension: %s',
    async (_, how, wanted, unwanted) => {
      vi.stubEnv('VISAVIS_PERSO_SDK', how === 'named' ? vendor : '');
      vi.stubEnv('VISAVIS_PROVIDERS', 'local,perso');
      const root = how === 'installed' ? await installed() : '.';
      const built = await scriptsIn(await buildInto(path.join(folder, how), 'chrome', root));
      expect(built).toContain(wanted);
      expect(built).not.toContain(unwanted);
      expect(built).not.toContain(classic);
    },
    120_000,
  );
});

/** Our sources in a directory of their own, where the package is installed beside all others. */
async function installed(): Promise<string> {
  const root = path.join(folder, 'root');
  const parts = ['entrypoints', 'components', 'lib', 'public', 'package.json', 'wxt.config.ts'];
  for (const part of parts) await cp(part, path.join(root, part), { recursive: true });
  const modules = path.join(root, 'node_modules');
  await mkdir(modules);
  for (const name of await readdir('node_modules')) {
    if (name.startsWith('.')) continue;
    await symlink(path.resolve('node_modules', name), path.join(modules, name));
  }
  await cp(vendor, path.join(modules, 'perso-interactive-sdk-web'), { recursive: true });
  return root;
}

async function scriptsIn(extension: string): Promise<string> {
  const names = await readdir(extension, { recursive: true });
  const scripts = names.filter((name) => name.endsWith('.js'));
  const texts = scripts.map((name) => readFile(path.join(extension, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
