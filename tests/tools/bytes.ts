import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Bytes {
  readonly raw: number;
  readonly gzip: number;
}

/** What each entry of a built extension makes a browser load before anything lazy. */
export function bytesOf(extension: string): Record<string, Bytes> {
  const page = (name: string) => total(scriptsOf(extension, name));
  const script = (name: string) => total([path.join(extension, name)]);
  return {
    panel: page('sidepanel.html'),
    options: page('options.html'),
    welcome: page('welcome.html'),
    background: total(withImports([path.join(extension, 'background.js')])),
    watcher: script('page.js'),
    marker: script('marker.js'),
    reader: script('reader.js'),
  };
}

function total(files: readonly string[]): Bytes {
  const contents = files.map((file) => readFileSync(file));
  const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
  return {
    raw: sum(contents.map((content) => content.length)),
    gzip: sum(contents.map((content) => gzipSync(content, { level: 9 }).length)),
  };
}

/** The page's scripts, and what the panel loads right behind its first frame. */
function scriptsOf(extension: string, html: string): readonly string[] {
  const source = readFileSync(path.join(extension, html), 'utf8');
  const found = [...source.matchAll(/ (?:src|href|data-then)="\/?(?<file>[^"]+\.js)"/gu)].map(
    (match) => path.join(extension, match.groups?.['file'] ?? ''),
  );
  return withImports(found);
}

/** These scripts and whatever they import statically, each once. */
function withImports(scripts: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const imports = readFileSync(file, 'utf8').matchAll(
      /(?:import|from)\s*["'`](?<name>\.[^"'`]+\.js)["'`]/gu,
    );
    for (const match of imports)
      visit(path.resolve(path.dirname(file), match.groups?.['name'] ?? ''));
  };
  scripts.forEach(visit);
  return [...seen];
}
