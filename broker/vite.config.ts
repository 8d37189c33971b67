import { defineConfig } from 'vite';

/** `npm run broker:build`: the whole broker as one file, `.output/broker/broker.mjs`, for the image. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: { '@': `${import.meta.dirname}/..` } },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'main.ts',
    target: 'node20',
    outDir: '../.output/broker',
    emptyOutDir: true,
    rolldownOptions: {
      output: {
        entryFileNames: 'broker.mjs',
        codeSplitting: false,
      },
    },
  },
});
