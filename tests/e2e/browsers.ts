import { inject } from 'vitest';
import { launchChromium } from './chromium';
import type { Driver, LaunchOptions } from './driver';
import { launchFirefox } from './firefox';

type Options = Omit<LaunchOptions, 'extension'>;

/** Chromium with the extension built by this run. */
export const chromium = async (options: Options = {}) =>
  launchChromium({ ...options, extension: inject('chrome') });

/** Firefox with the extension built by this run. */
export const firefox = async (options: Options = {}) =>
  launchFirefox({ ...options, extension: inject('firefox') });

/** Both browsers, for `describe.each`: each starts with the extension built for it by this run. */
export const browsers: readonly {
  readonly name: Driver['name'];
  readonly launch: (options?: Options) => Promise<Driver>;
}[] = [
  { name: 'chromium', launch: async (options) => chromium(options) },
  { name: 'firefox', launch: async (options) => firefox(options) },
];
