import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { persoModule, resolvePerso } from './lib/providers/perso/sdk/resolve.mjs';

/** The add-on id in Firefox. Storage and permissions hang on it, so it never changes. */
const geckoId = 'visavis@visavis.app';

/** Written out for both browsers: Firefox's own default would upgrade loopback `ws:` to `wss:`. */
const extensionPages = "script-src 'self'; object-src 'self'";

/** Vendors a build may leave out: `VISAVIS_PROVIDERS=local,perso npm run build`. Without it all are in. */
const vendors = ['inworld', 'perso', 'soul-machines'];
const wanted = process.env['VISAVIS_PROVIDERS']?.split(',').map((name) => name.trim());
for (const name of wanted ?? []) {
  if (name !== 'local' && !vendors.includes(name)) {
    throw new Error(
      `VISAVIS_PROVIDERS knows local, ${vendors.join(', ')}; "${name}" is none of them.`,
    );
  }
}
const without = Object.fromEntries(
  vendors.map((name) => [
    `import.meta.env.WITHOUT_${name.toUpperCase().replaceAll('-', '_')}`,
    JSON.stringify(wanted !== undefined && !wanted.includes(name)),
  ]),
);

/**
 * Lets the side panel's markup be drawn before its module is even asked for. A module script in the
 * page holds up its first frame, however small it is and wherever it stands; a classic one that is
 * `async` and comes last hardly does (measured: 1.4 and 1.1 times an empty panel's first paint).
 */
const firstFrameFirst: Plugin = {
  name: 'first-frame-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { path }) => {
      const module = /\s*<script type="module"[^>]* src="([^"]+)"><\/script>/u;
      const address = module.exec(html)?.[1];
      if (!path.endsWith('/sidepanel/index.html') || address === undefined) return html;
      return html
        .replaceAll(/\s*<link rel="modulepreload"[^>]*>/gu, '')
        .replace(module, '')
        .replace(
          '</body>',
          `  <script async src="/first-frame.js" data-then="${address}"></script>\n  </body>`,
        );
    },
  },
};

export default defineConfig({
  modules: ['@wxt-dev/i18n/module'],
  imports: false,
  manifestVersion: 3,
  i18n: { localesDir: 'lib/locales' },
  alias: { '@': import.meta.dirname, [persoModule]: resolvePerso() },
  vite: ({ browser }) => ({
    define: without,
    plugins: [firstFrameFirst],
    build: {
      target: browser === 'firefox' ? 'firefox140' : 'chrome116',
      // Both have had it for years.
      modulePreload: { polyfill: false },
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'scripting',
      'storage',
      'contextMenus',
      // Only for signing in to an avatar service. Chromium lets it be asked for then; Firefox does
      // not, but says nothing of it at install either.
      ...(browser === 'firefox' ? ['identity'] : ['sidePanel']),
    ],
    ...(browser === 'firefox' ? {} : { optional_permissions: ['identity'] }),
    optional_host_permissions: ['http://*/*', 'https://*/*'],
    content_security_policy: { extension_pages: extensionPages },
    storage: browser === 'firefox' ? undefined : { managed_schema: 'managed-schema.json' },
    action: { default_title: '__MSG_actionTitle__' },
    commands: {
      _execute_action: {
        suggested_key: { default: 'Alt+Shift+V' },
      },
      'ask-selection': {
        suggested_key: { default: 'Alt+Shift+E' },
        description: '__MSG_command_askSelection__',
      },
      'stop-talking': {
        suggested_key: { default: 'Alt+Shift+S' },
        description: '__MSG_command_stopTalking__',
      },
      'toggle-microphone': {
        suggested_key: { default: 'Alt+Shift+M' },
        description: '__MSG_command_toggleMicrophone__',
      },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: geckoId,
              // 140: the CSS Custom Highlight API, and the key below.
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '116' }),
  }),
  zip: { sourcesTemplate: 'visavis-{{version}}-sources.zip' },
});
