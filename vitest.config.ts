import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { persoModule, resolvePerso } from './lib/providers/perso/sdk/resolve.mjs';
import { findChromium } from './tests/tools/setup/browsers.mjs';
import * as commands from './tests/vendors/commands.ts';

/** Passes as soon as it can; a busy machine may take its time. */
const patient = { poll: { timeout: 15_000 } };

/**
 * `unit` and `contract` need no browser; `vendors` runs the adapters with the vendors' own SDKs in
 * a real one, against emulated vendors; `e2e` drives the built extension.
 */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest()],
        test: {
          name: 'unit',
          expect: patient,
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          // The first of a file waits for its modules, long on a busy machine.
          testTimeout: 20_000,
          setupFiles: ['tests/setup.ts'],
        },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'contract',
          expect: patient,
          include: ['tests/contract/**/*.test.ts'],
          testTimeout: 20_000,
          setupFiles: ['tests/setup.ts'],
        },
      },
      {
        resolve: { alias: { '@': import.meta.dirname, [persoModule]: resolvePerso() } },
        test: {
          name: 'vendors',
          expect: patient,
          include: ['tests/vendors/**/*.test.ts'],
          // They mostly wait, for sockets and for speech: three at once do not fill two cores.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findChromium() ?? 'chromium',
                args: [
                  '--no-sandbox',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                  '--autoplay-policy=no-user-gesture-required',
                  '--allow-loopback-in-peer-connection',
                  '--use-fake-device-for-media-stream',
                  '--use-fake-ui-for-media-stream',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
            commands: { ...commands },
          },
        },
      },
      {
        resolve: { alias: { '@': import.meta.dirname } },
        test: {
          name: 'e2e',
          expect: patient,
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/setup.ts'],
          // One browser at a time: two cores, and focus belongs to one window.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
