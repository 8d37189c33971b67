import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Installs what `package-lock.json` says, unless that has been done since it last changed.
 * @param {string} root of the repository
 */
export function installDependencies(root) {
  const lock = path.join(root, 'package-lock.json');
  // npm leaves its own copy of the lock behind once it has installed everything.
  const installed = path.join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing dependencies');
  // What the lock says and nothing written to it, as `npm ci` would; but npm 11's `ci` refuses a lock
  // made where a registry had no packages for other platforms (2026-11), and this does not.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: 'inherit',
    // On Windows npm is a script that only a shell can start.
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm install failed: see above, then run this again.');
}
