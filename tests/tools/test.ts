import { check, suite, type Count } from './test/steps';

/*
 * Everything, in the order in which a mistake is cheapest to find: what can be read, what runs in
 * Node, what is built, what real browsers do with it. Closes with one line that counts it all.
 */
const started = performance.now();
const counts: Count[] = [
  check('format', 'oxfmt', '--check', '.'),
  check('lint', 'oxlint', '--type-aware', '--deny-warnings'),
  check('types', 'tsc', '--noEmit'),
  check('unused', 'knip'),
  suite('unit'),
  suite('contract'),
  suite('vendors'),
  check('build for Chromium', 'wxt', 'build'),
  check('build for Firefox', 'wxt', 'build', '-b', 'firefox'),
  check(
    'web-ext lint',
    'web-ext',
    'lint',
    '--source-dir',
    '.output/firefox-mv3',
    '--no-config-discovery',
  ),
  suite('e2e'),
];

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`\nin ${seconds} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
