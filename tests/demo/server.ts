import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { longPage } from './long';

/** A few pages on loopback to read beside. */
export interface Site {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string;
  /** The same pages under another name: for a frame from elsewhere. */
  readonly otherOrigin: string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Pages made on the fly, with their size in bytes: `/long` has 5,000 words. */
const sizes: Readonly<Record<string, number>> = { '/long': 29_000, '/huge': 5_000_000 };

/** Serves `tests/demo/site`. `/strict/…` is the same under a policy that forbids all scripts and styles but files. */
export async function startSite(port = 0): Promise<Site> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    void answer(pathname, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const heard = typeof address === 'object' && address !== null ? address.port : port;
  return {
    origin: `http://127.0.0.1:${heard}`,
    otherOrigin: `http://localhost:${heard}`,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(pathname: string, response: ServerResponse): Promise<void> {
  const strict = pathname.startsWith('/strict/');
  const plain = strict ? pathname.slice('/strict'.length) : pathname;
  // The article's later chapters are one page that changes its address, as many sites do.
  const file = plain === '/' ? '/index.html' : plain.replace(/^\/reef(\/.*)?$/u, '/reef.html');
  response.setHeader('Content-Type', types[path.extname(file)] ?? types['.html'] ?? '');
  response.setHeader('Cache-Control', 'no-store');
  if (strict) response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'self'");
  const size = sizes[file];
  if (size !== undefined) {
    response.end(longPage(size));
    return;
  }
  try {
    response.end(await readFile(path.join(import.meta.dirname, 'site', path.normalize(file))));
  } catch {
    response.statusCode = 404;
    response.end('<!doctype html><title>No such page</title><p>There is no such page.</p>');
  }
}
