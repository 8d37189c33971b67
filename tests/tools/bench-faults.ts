import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * `npm run bench:faults`: every fault in every situation in both browsers, with outages that last as
 * long as they say, printed as a table of each. The tests run a part of it.
 */
const { status } = spawnSync(
  path.resolve('node_modules/.bin/vitest'),
  ['run', '--project', 'e2e', 'tests/e2e/faults.test.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, FAULTS: 'all', FAULTS_OFFLINE: '60' },
    // On Windows it is a script that only a shell can start.
    shell: process.platform === 'win32',
  },
);
process.exitCode = status ?? 1;
