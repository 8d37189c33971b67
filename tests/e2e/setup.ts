import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildInto } from '../tools/build';

/** Builds what is tested, in a folder of this run's own: never what some other build left behind. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'visavis-build-'));
  project.provide('chrome', await buildInto(folder, 'chrome'));
  project.provide('firefox', await buildInto(folder, 'firefox'));
  return async () => rm(folder, { recursive: true, force: true });
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Folders of the built extension. */
    readonly chrome: string;
    readonly firefox: string;
  }
}
