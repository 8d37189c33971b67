import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The module the adapter imports. */
export const persoModule = 'perso-interactive-sdk-web/client';

/**
 * The file behind that name: the vendor's package where `VISAVIS_PERSO_SDK` names its directory or
 * it is installed, otherwise our own client of the same surface.
 *
 * @returns {string}
 */
export function resolvePerso() {
  const named = process.env['VISAVIS_PERSO_SDK'];
  if (named) return clientOf(path.resolve(named));
  const installed = path.resolve('node_modules/perso-interactive-sdk-web');
  if (existsSync(path.join(installed, 'package.json'))) return clientOf(installed);
  return path.resolve('lib/providers/perso/sdk/client.ts');
}

/**
 * @param {string} folder
 * @returns {string}
 */
function clientOf(folder) {
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) throw new Error(`VISAVIS_PERSO_SDK: there is no ${manifest}`);
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8'));
  const file = forBrowsers(exports?.['./client']);
  if (file === null) throw new Error(`${manifest} exports no ./client`);
  return path.join(folder, file);
}

/** What a bundler for browsers answers to. The vendor's `browser` file is a classic script, and last. */
const conditions = new Set(['browser', 'import', 'module', 'default']);

/**
 * Of what a package offers, the first that fits: the order is the package's to choose.
 *
 * @param {unknown} offered
 * @returns {string | null}
 */
function forBrowsers(offered) {
  if (typeof offered === 'string') return offered;
  if (typeof offered !== 'object' || offered === null) return null;
  for (const [condition, inner] of Object.entries(offered)) {
    const file = conditions.has(condition) ? forBrowsers(inner) : null;
    if (file !== null) return file;
  }
  return null;
}
