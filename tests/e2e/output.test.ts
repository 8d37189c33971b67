import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { limits } from '../tools/budgets';
import { buildInto } from '../tools/build';
import { bytesOf } from '../tools/bytes';

/** What no shipped script may contain: code from elsewhere, code made at run time, left-overs of a workbench. */
const forbidden: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['eval', /(?<![.\w])eval\s*\(/u],
  ['new Function', /new Function\s*\(|(?<![.\w])Function\s*\(\s*["'`]/u],
  ['a script from elsewhere', /["'`]https?:\/\/[^"'`]+\.m?js["'`]/u],
  ['an import from elsewhere', /import\s*\(?\s*["'`]https?:/u],
  ['a worker made of a blob', /new (?:Shared)?Worker\s*\(\s*URL\.createObjectURL/u],
  ['WebAssembly', /WebAssembly\.(?:instantiate|compile)/u],
  // Of a port or a path: Soul Machines' SDK has the bare name, for a window that tells it a port.
  ['a loopback address', /(?:https?|wss?):\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d|\/)/u],
  ['a source map', /sourceMappingURL/u],
];

describe.each(['chrome', 'firefox'] as const)('the %s build', (target) => {
  const folder = inject(target);

  test('has the manifest that was reviewed', async () => {
    const manifest: unknown = JSON.parse(
      await readFile(path.join(folder, 'manifest.json'), 'utf8'),
    );
    const reviewed = `${JSON.stringify({ ...Object(manifest), version: '*' }, null, 2)}\n`;
    await expect(reviewed).toMatchFileSnapshot(`manifests/${target}.json`);
  });

  test.each(forbidden)('contains no %s', async (_, pattern) => {
    for (const file of await scriptsIn(folder)) {
      const found = pattern.exec(await readFile(path.join(folder, file), 'utf8'));
      expect(found?.[0], file).toBeUndefined();
    }
  });

  test('keeps to its budget of bytes in what every followed page and every panel loads', () => {
    const { watcher, panel } = bytesOf(folder);
    expect(watcher?.raw).toBeLessThanOrEqual(limits.watcher);
    expect(panel?.gzip).toBeLessThanOrEqual(limits.panelScript);
    // Less would mean that what it loads behind its first frame was not found.
    expect(panel?.gzip).toBeGreaterThan(20_000);
  });

  test('built again has the same bytes', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'visavis-again-'));
    try {
      const again = await buildInto(elsewhere, target);
      expect(await fingerprints(again)).toEqual(await fingerprints(folder));
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });
});

async function scriptsIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  const scripts = files.filter((file) => file.endsWith('.js'));
  expect(scripts).not.toEqual([]);
  return scripts;
}

async function fingerprints(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const hashed = files.map(async ({ parentPath, name }) => {
    const file = path.join(parentPath, name);
    const hash = createHash('sha256').update(await readFile(file));
    return [path.relative(folder, file), hash.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}
