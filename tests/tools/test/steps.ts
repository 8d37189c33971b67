import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a tool of ours; says nothing but its name when it is content. Counts as one. */
export function check(name: string, tool: string, ...args: readonly string[]): Count {
  const started = performance.now();
  const { status, stdout, stderr } = run(tool, args, 'pipe');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (status === 0) return { passed: 1, failed: 0 };
  console.log(`${stdout}\n${stderr}`);
  return { passed: 0, failed: 1 };
}

/** Runs one of vitest's projects; each of its tests counts, and so does a suite that ran none. */
export function suite(project: string): Count {
  console.log(`\n${project}`);
  const folder = path.resolve('.reports');
  const report = path.join(folder, `${project}.json`);
  mkdirSync(folder, { recursive: true });
  // What an earlier run left must not be counted for this one.
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = run('vitest', ['run', '--project', project, ...reporters], 'inherit');
  const count = countOf(report);
  if (count.passed + count.failed === 0) {
    console.log(`✗ ${project} ran no test`);
    return { passed: 0, failed: 1 };
  }
  // It may fail without a failed test: by an error that belongs to none.
  return status === 0 || count.failed > 0 ? count : { ...count, failed: 1 };
}

function run(tool: string, args: readonly string[], stdio: 'pipe' | 'inherit') {
  return spawnSync(path.resolve('node_modules/.bin', tool), [...args], {
    stdio: ['ignore', stdio, stdio],
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    // On Windows these are scripts that only a shell can start.
    shell: process.platform === 'win32',
  });
}

/** The part of vitest's report we read. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

function countOf(file: string): Count {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 0 };
  }
  // A file that failed as a whole (in loading, or in a hook) has no failed test to show for it.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}
