import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether we may install packages here without asking anybody. */
export function isDebianRoot() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/** @param {string[]} packages */
export function installPackages(packages) {
  const wanted = [...new Set(packages)];
  console.log(`Installing ${wanted.join(' ')}`);
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...wanted);
}

/** @param {string[]} args */
function apt(...args) {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status === 0) return;
  console.error(stdout, stderr);
  throw new Error(`apt-get ${args.join(' ')} failed: see above, then run this again.`);
}
