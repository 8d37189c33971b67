/*
 * One door to everything that needs more than Node: `node tests/tools/setup.mjs <command>` sees to
 * what the command needs and runs it. Plain JavaScript, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findChromium, findFirefox } from './setup/browsers.mjs';
import { installPackages, isDebianRoot } from './setup/debian.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { needsOf } from './setup/needs.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const [command = '', ...args] = process.argv.slice(2);

try {
  process.exitCode = prepareAndRun();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns {number} the exit code */
function prepareAndRun() {
  checkNode();
  const missing = needsOf(command).filter((need) => !need.isThere());
  if (missing.length > 0 && isDebianRoot())
    installPackages(missing.flatMap((need) => need.packages));
  for (const need of missing.filter((one) => !one.isThere())) {
    if (!need.optional) throw new Error(`Please install ${need.name}, then run this again.`);
    console.log(`Without ${need.name}: what needs it is left out.`);
  }
  installDependencies(root);
  console.log(`Using ${[findChromium(), findFirefox()].filter(Boolean).join(' and ')}`);
  const runner = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const script = path.join(root, 'tests/tools', `${command}.ts`);
  const { status } = spawnSync(process.execPath, [runner, script, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return status ?? 1;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`This is Node ${process.versions.node}; please install Node 20.19 or later.`);
  }
}
