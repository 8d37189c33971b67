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
  readonly address: string;
  /** The stop-watch alone, for another page. */
  readonly stopwatch: string;
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
  /** What the page's own server hands out at `/token?vendor=…`. */
  readonly token?: (vendor: string) => Promise<unknown>;
}

export const playsAlways = '--autoplay-policy=no-user-gesture-required';

export async function openBenchPage({
  interpreted = false,
  token = async () => null,
}: BenchOptions = {}): Promise<BenchPage> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium found: name one in CHROME_PATH.');
  const folder = await mkdtemp(path.join(tmpdir(), 'visavis-bench-'));
  await bundle(folder);
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const vendor = searchParams.get('vendor');
    const give = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'Content-Type': type }).end(body);
    const answer = async () => {
      if (pathname === '/token') {
        give('application/json', JSON.stringify(await token(vendor ?? '')));
      } else if (pathname.endsWith('.js')) {
        give('text/javascript', await readFile(path.join(folder, path.basename(pathname))));
      } else {
        give('text/html', documentFor(vendor));
      }
    };
    answer().catch((thrown: unknown) => response.writeHead(500).end(String(thrown)));
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
      playsAlways,
      '--allow-loopback-in-peer-connection',
      ...(interpreted ? ['--js-flags=--no-sparkplug --no-maglev --no-turbofan'] : []),
    ],
  });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('In the page:', String(error)));
  const address = `http://127.0.0.1:${port}`;
  await page.goto(address);
  await page.waitForFunction(() => 'bench' in globalThis);
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  return {
    page,
    address,
    stopwatch: await readFile(path.join(folder, 'stopwatch.js'), 'utf8'),
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

const parts = ['page', 'stopwatch'] as const;

async function bundle(folder: string): Promise<void> {
  const shared = {
    configFile: false,
    logLevel: 'error',
    root: path.resolve('.'),
    resolve: { alias: { '@': path.resolve('.'), [persoModule]: resolvePerso() } },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  } as const;
  const output = { outDir: folder, emptyOutDir: false, copyPublicDir: false, target: 'chrome116' };
  for (const part of parts) {
    await build({
      ...shared,
      build: {
        ...output,
        lib: {
          entry: path.resolve(import.meta.dirname, `${part}.ts`),
          formats: part === 'page' ? ['es'] : ['iife'],
          name: part,
          fileName: () => `${part}.js`,
        },
        rollupOptions: { output: { chunkFileNames: '[name].js' } },
      },
    });
  }
}

/** Its maker's part is asked for at once, as by a page that has only that one. */
function documentFor(vendor: string | null): string {
  const preload = vendor === null ? '' : `<link rel="modulepreload" href="/${vendor}.js">`;
  return `<!doctype html><link rel="icon" href="data:,">${preload}<script type="module" src="/page.js"></script>`;
}
