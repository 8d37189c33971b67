import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { persoModule, resolvePerso } from '../../../../lib/providers/perso/sdk/resolve.mjs';

/** A page with everything of `page.ts` in it, and its own server. */
export interface BenchSite {
  readonly address: string;
  /** The stop-watch alone, for another page. */
  readonly stopwatch: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** What the page's own server hands out at `/token?vendor=…`. */
  readonly token?: (vendor: string) => Promise<unknown>;
  /** What stands in the page for a reader, as HTML. */
  readonly article?: string;
}

export async function serveBench({
  token = async () => null,
  article = '',
}: SiteOptions = {}): Promise<BenchSite> {
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
        give('text/html; charset=utf-8', documentFor(vendor, article));
      }
    };
    answer().catch((thrown: unknown) => response.writeHead(500).end(String(thrown)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    stopwatch: await readFile(path.join(folder, 'stopwatch.js'), 'utf8'),
    async close() {
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
function documentFor(vendor: string | null, article: string): string {
  const preload = vendor === null ? '' : `<link rel="modulepreload" href="/${vendor}.js">`;
  return `<!doctype html><html lang="en"><title>Life on a reef</title><link rel="icon" href="data:,">${preload}<script type="module" src="/page.js"></script>${article}</html>`;
}
