import { launch, type Page } from 'puppeteer-core';
import { findChromium } from '../../setup/browsers.mjs';
import { serveBench, type SiteOptions } from './serve';

/** The bench's page, in a Chromium that plays sound without a click. */
export interface BenchPage {
  readonly page: Page;
  readonly address: string;
  /** Bytes, and listeners of all kinds, once the rubbish is gone. */
  use(): Promise<{ readonly heap: number; readonly listeners: number }>;
  close(): Promise<void>;
}

export interface BenchOptions extends SiteOptions {
  /**
   * The engine turns what runs often into machine code, a little at a time for as long as it runs,
   * and counts it as heap (a quarter of a megabyte within 700 turns). Without it only objects are left.
   */
  readonly interpreted?: boolean;
}

export const playsAlways = '--autoplay-policy=no-user-gesture-required';

export async function openBenchPage({
  interpreted = false,
  ...options
}: BenchOptions = {}): Promise<BenchPage> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium found: name one in CHROME_PATH.');
  const site = await serveBench(options);
  const browser = await launch({
    executablePath,
    headless: true,
    pipe: true,
    protocolTimeout: 3_600_000,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      playsAlways,
      '--allow-loopback-in-peer-connection',
      ...(interpreted ? ['--js-flags=--no-sparkplug --no-maglev --no-turbofan'] : []),
    ],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('In the page:', String(error)));
  await page.goto(site.address);
  await page.waitForFunction(() => 'bench' in globalThis);
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  return {
    page,
    address: site.address,
    async use() {
      // What the first sweep sets free lets go of more.
      await session.send('HeapProfiler.collectGarbage');
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const valueOf = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
      return { heap: valueOf('JSHeapUsedSize'), listeners: valueOf('JSEventListeners') };
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
