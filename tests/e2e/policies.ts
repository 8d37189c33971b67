import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Driver } from './driver';

/** Where each browser looks for an organisation's word, on Linux. Only root may write there. */
const places = {
  chromium: '/etc/chromium/policies/managed/visavis-e2e.json',
  firefox: '/usr/lib/mozilla/managed-storage/visavis@visavis.app.json',
} as const;

export const canDecree = process.platform === 'linux' && process.getuid?.() === 0;

/**
 * Puts a policy where the browser finds it when it starts. Returns the way to take it, and the
 * folders made for it, away again.
 *
 * @param folder - of the built extension: Chromium names an unpacked one after it
 */
export async function decree(
  browser: Driver['name'],
  folder: string,
  policy: object,
): Promise<() => Promise<void>> {
  const file = places[browser];
  if (existsSync(file)) throw new Error(`There is a policy in ${file} already.`);
  const made = await mkdir(path.dirname(file), { recursive: true });
  await writeFile(
    file,
    JSON.stringify(browser === 'chromium' ? chromium(folder, policy) : firefox(policy)),
  );
  return async () => rm(made ?? file, { recursive: true });
}

const chromium = (folder: string, policy: object) => ({
  '3rdparty': { extensions: { [idOf(folder)]: policy } },
});

const firefox = (data: object) => ({
  name: 'visavis@visavis.app',
  description: 'for a test',
  type: 'storage',
  data,
});

/** The first half of the path's SHA-256, its digits written as a to p. */
function idOf(folder: string): string {
  const digits = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return digits.replace(/./gu, (digit) => String.fromCodePoint(97 + Number.parseInt(digit, 16)));
}
