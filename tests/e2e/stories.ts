import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Driver, LaunchOptions } from './driver';

/** What a story starts from: a browser just installed into, and pages to read. */
export interface Stage {
  readonly browser: Driver;
  readonly site: Site;
}

/** The same stories in both browsers. No story may leave an error of ours, or an open microphone. */
export function inBothBrowsers(
  title: string,
  tell: (stage: () => Stage) => void,
  options?: Omit<LaunchOptions, 'extension'>,
): void {
  describe.each(browsers)(`${title} in $name`, ({ launch }) => {
    let stage: Stage;
    beforeAll(async () => {
      stage = { browser: await launch(options), site: await startSite() };
    });
    afterEach(async () => {
      expect(await stage.browser.errors()).toEqual([]);
      expect(await stage.browser.liveTracks()).toBe(0);
    });
    afterAll(async () => {
      await stage.site.close();
      await stage.browser.close();
    });
    tell(() => stage);
  });
}
