import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../../..');

/** Adds the page that shows poses to a built extension, whose words and policy then hold for it too. */
export async function bundlePoses(extension: string): Promise<void> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    resolve: { alias: { '#i18n': path.join(root, '.wxt/i18n/index.ts'), '@': root } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: extension,
      emptyOutDir: false,
      rolldownOptions: { input: path.join(import.meta.dirname, 'posed.html') },
    },
  });
}
