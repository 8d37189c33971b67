import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { persoModule, resolvePerso } from '../../../../lib/providers/perso/sdk/resolve.mjs';
import { findChromium } from '../../setup/browsers.mjs';

/** A page with everything of `page.ts` in it, in a Chromium that plays sound without a click. */
export interface BenchPage {
  readonly page: Page;
  /** Bytes, and listeners of all kinds, once the rubbish is gone. */
  use(): Promise<{ readonly heap: number; readonly listeners: number }>;
  close(): Promise<void>;
}

export interface BenchOptions {
  /**
   * The engine turns what runs often into machine code, a little at a time for as long as it runs,
   * and counts it as heap (a quarter of a megabyte within 700 turns). Without it only objects are left.
   */
  readonly interpreted?: boolean;
}

export async function openBenchPage({
  interpreted = false,
}: BenchOptions = {}): Promise<BenchPage> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium found: name one in CHROME_PATH.');
  const folder = await mkdtemp(path.join(tmpdir(), 'visavis-bench-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: path.resolve('.'),
    resolve: { alias: { '@': path.resolve('.'), [persoModule]: resolvePerso() } },
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'chrome116',
      lib: {
        entry: path.resolve(import.meta.dirname, 'page.ts'),
        formats: ['es'],
        fileName: 'page',
      },
    },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    if (!name.endsWith('.js')) {
      response.setHeader('Content-Type', 'text/html');
      response.end(
        '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
      );
      return;
    }
    response.setHeader('Content-Type', 'text/javascript');
    readFile(path.join(folder, path.basename(name))).then(
      (script) => response.end(script),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
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
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      ...(interpreted ? ['--js-flags=--no-sparkplug --no-maglev --no-turbofan'] : []),
    ],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('In the page:', String(error)));
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => 'bench' in globalThis);
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  return {
    page,
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
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
