import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  launch,
  TargetType,
  type Browser,
  type CDPSession,
  type Extension,
  type Page,
  type Target,
} from 'puppeteer-core';
import { findChromium } from '../tools/setup/browsers.mjs';
import { hearChromiumErrors } from './chromium-errors';
import { chromiumHands } from './chromium-hands';
import { hearRequests } from './chromium-requests';
import { hearTracks, liveTracks } from './tracks';
import { shiftDate } from './clock';
import { backgroundReady, liveWorker, stopWorkers } from './chromium-worker';
import { startDesktop, type Desktop } from './desktop';
import type { Driver, LaunchOptions } from './driver';
import { until, within } from './until';
import { createView, type View } from './view';

/** What only Chromium offers. */
export interface Chromium extends Driver {
  readonly name: 'chromium';
  readonly browser: Browser;
  /** Grants a host permission without a dialog, as the browser's own settings page would. */
  grantHosts(pattern: string): Promise<void>;
  /** Takes it back. */
  revokeHosts(pattern: string): Promise<void>;
  /** Answers the browser's own question for the microphone, which that page has just asked. */
  answerMicrophone(page: View, answer: MicrophoneAnswer): Promise<void>;
}

/** What the browser's question offers, in the order its keyboard goes through it. */
const microphoneAnswers = ['close', 'always', 'once', 'never'] as const;
type MicrophoneAnswer = (typeof microphoneAnswers)[number];

/** `welcome: false` is for extensions that greet nobody at install. */
export async function launchChromium({
  welcome = true,
  ...options
}: LaunchOptions & { readonly welcome?: boolean }): Promise<Chromium> {
  const program = findChromium();
  if (program === null)
    throw new Error('No Chromium found: install one or name it in CHROME_PATH.');
  const desktop = options.show === 'desktop' ? await startDesktop() : null;
  const profile = await mkdtemp(path.join(tmpdir(), 'visavis-chromium-'));
  const errors: string[] = [];
  const start = async () => {
    const browser = await launch(launchOptions(program, profile, options, desktop));
    hearChromiumErrors(browser, errors);
    const extension = await until(`${program} to take ${options.extension}`, async () =>
      [...(await browser.extensions()).values()].at(0),
    );
    await backgroundReady(browser);
    return { browser, extension, front: (await browser.pages())[0] };
  };
  let running: {
    browser: Browser;
    extension: Extension;
    front: Page | undefined;
    /** The number of the window in front; undefined while there is only one. */
    window?: number;
  } = await start();
  const origin = `chrome-extension://${running.extension.id}`;
  const pageAt = async (path: string) =>
    (await running.browser.pages()).find((page) => page.url() === origin + path);
  // It opens by itself at install; not before it is there will it not come between.
  if (welcome) await until('the welcome page', () => pageAt('/welcome.html'));

  const front = (): Page => {
    if (running.front === undefined) throw new Error('Open a page first.');
    return running.front;
  };
  const panels = async (): Promise<Page[]> => {
    // The worklet that listens to the microphone has the address of its document.
    const targets = running.browser
      .targets()
      // An audio worklet of the panel has the panel's address, too.
      .filter((target) => target.type() === TargetType.PAGE)
      .filter((target) => target.url() === `${origin}/sidepanel.html`);
    const pages = await Promise.all(targets.map((target) => target.asPage()));
    // The same document in a tab is not the panel.
    const inTab = await Promise.all(
      pages.map((page) =>
        page.evaluate('chrome.tabs.getCurrent().then((tab) => tab !== undefined)'),
      ),
    );
    return pages.filter((_, index) => inTab[index] === false);
  };
  const isInFront = async (page: Page): Promise<boolean> => {
    if (running.window === undefined) return true;
    const own = await page.evaluate('chrome.windows.getCurrent().then(({ id }) => id)');
    return own === running.window;
  };
  const panelInFront = async (): Promise<Page | undefined> => {
    for (const page of await panels()) if (await isInFront(page)) return page;
    return undefined;
  };
  let colors: 'light' | 'dark' = 'light';
  const paint = async (page: Page) =>
    page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colors }]);
  const open = async (url: string, type: 'tab' | 'window' = 'tab'): Promise<View> => {
    const page = await running.browser.newPage({ type });
    running.front = page;
    if (type === 'window') running.window = Number(await page.windowId());
    await paint(page);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await page.bringToFront();
    const view = createView(await chromiumHands(page));
    if (url.startsWith(origin)) await view.evaluate(hearTracks);
    return view;
  };
  const needsDesktop = (): Desktop => {
    if (desktop === null) throw new Error("Native things need launch's show: 'desktop'.");
    return desktop;
  };
  /** On one of the browser's own pages, in a tab that is gone after. */
  const inBrowserPage = async (url: string, script: string) => {
    const page = await running.browser.newPage();
    await page.goto(url);
    await page.evaluate(script);
    await page.close();
    if (running.front?.isClosed() === false) await running.front.bringToFront();
  };
  const countTracks = async () => {
    const ours = (await running.browser.pages()).concat(await panels());
    const counts = ours
      .filter((page) => page.url().startsWith(origin))
      .map((page) => page.evaluate(liveTracks));
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };
  const changeHosts = (change: 'addHostPermission' | 'removeHostPermission', hosts: string) =>
    inBrowserPage(
      'chrome://extensions',
      `chrome.developerPrivate.${change}('${running.extension.id}', '${hosts}')`,
    );
  /** Everything of ours that runs: the documents, and the background. */
  const attachToOurs = async () => {
    const ours = running.browser.targets().filter((target) => target.url().startsWith(origin));
    const documents = ours.filter((target) => target.type() === TargetType.PAGE);
    const worker = await liveWorker(running.browser);
    const all = worker ? [...documents, worker] : documents;
    return Promise.all(all.map((target) => target.createCDPSession()));
  };
  /** What is emulated holds as long as the session that asked for it. */
  let offline: readonly CDPSession[] = [];

  return {
    name: 'chromium',
    origin,
    get browser() {
      return running.browser;
    },
    open: (url) => open(url),
    openWindow: (url) => open(url, 'window'),
    clickToolbar: () => front().triggerExtensionAction(running.extension),
    panel: async () => {
      const page = await until('the side panel', panelInFront);
      await paint(page);
      const view = createView(await chromiumHands(page));
      await view.evaluate(hearRequests);
      await view.evaluate(hearTracks);
      await view.waitFor('the panel to load', () => document.readyState === 'complete');
      return view;
    },
    closePanel: async () => {
      for (const page of await panels())
        await page.evaluate(() => setTimeout(() => window.close()));
      await until('the panel to close', async () => (await panels()).length === 0);
    },
    chooseFromMenu: async (page, x, y) => {
      const screen = needsDesktop();
      const before = await screen.windows();
      await page.click(x, y, 'right');
      await until('the menu', async () => (await screen.windows()) > before);
      // Ours stands just above "Inspect", the last one. What the panel then shows is the proof
      // that it was ours. On a busy machine the menu misses the first key after it has appeared.
      await screen.press('End', 'End', 'Up', 'Return');
      await until('the menu to close', async () => (await screen.windows()) === before);
    },
    pressShortcut: async (keys) => needsDesktop().press(keys.toLowerCase()),
    answerPermission: async (answer) => {
      const screen = needsDesktop();
      const asking = async (state: 'pending' | 'answered') => {
        const states = (await panels()).map(async (page) => page.evaluate('globalThis.asked'));
        return (await Promise.all(states)).includes(state);
      };
      await until('the question for a permission', async () => asking('pending'));
      // For half a second after it appears, or after a key it refused, the dialog takes none.
      await pause(protectedFor);
      // "Deny" has the focus at first.
      if (answer === 'allow') await screen.press('Tab');
      await until('the answer to be taken', async () => {
        await screen.press('Return');
        await pause(protectedFor);
        return asking('answered');
      });
    },
    useColors: async (scheme) => {
      colors = scheme;
      for (const page of await panels()) await paint(page);
    },
    killBackground: async () => {
      const [panel] = await panels();
      await stopWorkers(panel ?? (await running.browser.newPage()), origin);
    },
    restart: async () => {
      await running.browser.close();
      running = await start();
    },
    kill: async () => {
      const process = running.browser.process();
      const gone = new Promise((resolve) => process?.once('exit', resolve));
      process?.kill('SIGKILL');
      await within('Chromium to be dead', gone);
      running = await start();
    },
    liveTracks: countTracks,
    setMicrophone: (leave) => {
      const setting = { granted: 'allow', denied: 'block', prompt: 'default' }[leave];
      return inBrowserPage(
        'chrome://settings/content/microphone',
        `chrome.send('setOriginPermissions', ['${origin}', 'media-stream-mic', '${setting}'])`,
      );
    },
    answerMicrophone: async (page, answer) => {
      const screen = needsDesktop();
      // It is no window of its own, but it takes the keys from the page; at first it takes none.
      await page.waitFor('the question', () => !document.hasFocus());
      await pause(protectedFor);
      for (let step = microphoneAnswers.indexOf(answer); step >= 0; step -= 1) {
        await screen.press('Tab');
      }
      await screen.press('Return');
    },
    ourPage: async (path) => {
      const page = await until(path, () => pageAt(path));
      const view = createView(await chromiumHands(page));
      await view.evaluate(hearTracks);
      return view;
    },
    isOpen: async (path) => (await pageAt(path)) !== undefined,
    closeWindow: async () => {
      const { window: number } = running;
      delete running.window;
      running.front = undefined;
      const others = await running.browser.pages();
      const ids = await Promise.all(others.map((page) => page.windowId()));
      const closing = others.filter((_, index) => Number(ids[index]) === number);
      await Promise.all(closing.map((page) => page.close()));
      await until('the panel to go with its window', async () => (await panels()).length === 0);
    },
    // Off and on again, by the switch on the browser's page for extensions. Its button for reloading
    // does the same, but after it the toolbar's button brings this browser down (156, 2026-11).
    reloadExtension: async () => {
      const set = (isOn: boolean) => `management.setEnabled('${running.extension.id}', ${isOn})`;
      await inBrowserPage(
        'chrome://extensions',
        `chrome.${set(false)}.then(() => chrome.${set(true)})`,
      );
      const isPanel = (target: Target) => target.url() === `${origin}/sidepanel.html`;
      await until('the panel to go', () => !running.browser.targets().some(isPanel));
      await backgroundReady(running.browser);
    },
    setOffline: async (wanted) => {
      await Promise.all(offline.map((session) => session.detach()));
      offline = wanted ? await attachToOurs() : [];
      const conditions = {
        offline: true,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: -1,
      };
      for (const session of offline) {
        await session.send('Network.enable');
        await session.send('Network.emulateNetworkConditions', conditions);
      }
    },
    shiftClock: async (ms) => {
      for (const session of await attachToOurs()) {
        await session.send('Runtime.evaluate', { expression: `(${shiftDate.toString()})(${ms})` });
        await session.detach();
      }
    },
    grantHosts: (hosts) => changeHosts('addHostPermission', hosts),
    revokeHosts: (hosts) => changeHosts('removeHostPermission', hosts),
    errors: async () => errors,
    close: async () => {
      // A panel that is just closing answers nothing.
      const { open } = await until('our documents', async () => ({ open: await countTracks() }));
      if (open > 0) errors.push('The microphone is still open.');
      await within('Chromium to quit', running.browser.close());
      desktop?.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      if (errors.length > 0) throw new Error(`Our code reported errors:\n${errors.join('\n')}`);
    },
  };
}

/** ms */
const protectedFor = 600;

function launchOptions(
  executablePath: string,
  userDataDir: string,
  { extension, show, args = [], env = {}, size: [width, height] = [1280, 800] }: LaunchOptions,
  desktop: Desktop | null,
) {
  return {
    executablePath,
    userDataDir,
    headless: show === undefined,
    pipe: true,
    enableExtensions: [extension],
    defaultViewport: null,
    env: { ...process.env, ...env, ...(desktop === null ? {} : { DISPLAY: desktop.display }) },
    args: [
      // A root user, as in a container, has no sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--lang=en-US',
      '--disable-component-update',
      `--window-size=${width},${height}`,
      '--window-position=0,0',
      // Emulated makers stream from loopback, which is all some machines have.
      '--allow-loopback-in-peer-connection',
      ...args,
    ],
  };
}
