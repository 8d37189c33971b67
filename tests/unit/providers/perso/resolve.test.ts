import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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
/** Only our own client says so. */
const ours = 'Tool follow-up loop exceeded maximum rounds';

let folder: string;
let vendor: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'visavis-perso-'));
  vendor = path.join(folder, 'package');
  await mkdir(path.join(vendor, 'dist'), { recursive: true });
  await writeFile(path.join(vendor, 'dist/client.mjs'), client);
  const exports = {
    './client': { types: './none.d.ts', import: { default: './dist/client.mjs' } },
  };
  await writeFile(
    path.join(vendor, 'package.json'),
    JSON.stringify({ name: 'perso-interactive-sdk-web', exports }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the client behind the vendor’s name', () => {
  it('is our own where nobody has the package', () => {
    vi.stubEnv('VISAVIS_PERSO_SDK', '');
    expect(resolvePerso()).toBe(path.resolve('lib/providers/perso/sdk/client.ts'));
    vi.unstubAllEnvs();
  });

  it('is the one in the directory that is named', () => {
    vi.stubEnv('VISAVIS_PERSO_SDK', vendor);
    expect(resolvePerso()).toBe(path.join(vendor, 'dist/client.mjs'));
    vi.unstubAllEnvs();
  });

  it('is nobody’s where the named directory holds no package', () => {
    vi.stubEnv('VISAVIS_PERSO_SDK', path.join(folder, 'nowhere'));
    expect(() => resolvePerso()).toThrow(/there is no .*nowhere/u);
    vi.unstubAllEnvs();
  });

  it.each([
    ['our own', '', ours, mark],
    ['the vendor’s', 'named', mark, ours],
  ])(
    'is built into the extension: %s',
    async (_, named, wanted, unwanted) => {
      vi.stubEnv('VISAVIS_PERSO_SDK', named === '' ? '' : vendor);
      vi.stubEnv('VISAVIS_PROVIDERS', 'local,perso');
      const built = await scriptsIn(await buildInto(path.join(folder, `out-${named}`), 'chrome'));
      vi.unstubAllEnvs();
      expect(built).toContain(wanted);
      expect(built).not.toContain(unwanted);
    },
    120_000,
  );
});

async function scriptsIn(extension: string): Promise<string> {
  const names = await readdir(extension, { recursive: true });
  const scripts = names.filter((name) => name.endsWith('.js'));
  const texts = scripts.map((name) => readFile(path.join(extension, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
