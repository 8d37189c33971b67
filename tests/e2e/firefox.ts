import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch, type Browser } from 'puppeteer-core';
import { findFirefox } from '../tools/setup/browsers.mjs';
import type { Driver, LaunchOptions } from './driver';
import { openBidi, type Bidi } from './firefox-bidi';
import { firefoxHands } from './firefox-hands';
import {
  backgroundRuns,
  endBackground,
  enterBackground,
  reloadAddon,
  setMicrophone,
  setOffline,
} from './firefox-addon';
import {
  answerQuestion,
  chooseMenuItem,
  closeThisWindow,
  enterSidebar,
  focusSidebar,
  heardErrors,
  hearErrors,
  hideSidebar,
  pressKeys,
  pressToolbarButton,
  setColors,
} from './firefox-window';
import { shiftDate } from './clock';
import { until, within } from './until';
import { hearTracks, liveTracks } from './tracks';
import { endDispatcher } from './voices';
import { createView, type View } from './view';

/** Ours, as `wxt.config.ts` has it. */
const id = 'visavis@visavis.app';
/** Given by us, since Firefox would draw lots at every start. */
const uuid = '5f1a3c1e-7c1d-4c5b-9a63-0d8f6f1b2a47';

export interface Firefox extends Driver {
  readonly name: 'firefox';
}

export async function launchFirefox(options: LaunchOptions): Promise<Firefox> {
  const program = findFirefox();
  if (program === null)
    throw new Error('No Firefox found: install one or name it in FIREFOX_PATH.');
  const profile = await mkdtemp(path.join(tmpdir(), 'visavis-firefox-'));
  const start = async () => {
    const browser = await launch(launchOptions(program, profile, options));
    const bidi = await openBidi(browser);
    const window = createView(firefoxHands(bidi, bidi.chrome));
    await window.evaluate(hearErrors, uuid);
    await browser.installExtension(options.extension);
    await window.waitFor('the background to run', backgroundRuns, id);
    return { browser, bidi, window };
  };
  let running: {
    browser: Browser;
    bidi: Bidi;
    /** The first window, which hears of errors, and the one in front where there is another. */
    window: View;
    front?: View;
  } = await start();
  const front = () => running.front ?? running.window;
  const origin = `moz-extension://${uuid}`;
  const contextAt = async (path: string) => {
    const { contexts } = await running.bidi.send('browsingContext.getTree', { maxDepth: 0 });
    const all = contexts as { readonly url: string; readonly context: string }[];
    return all.find(({ url }) => url === origin + path)?.context;
  };
  // It opens by itself at install; not before it is there will it not come between.
  await until('the welcome page', () => contextAt('/welcome.html'));
  /** Our documents there were; one that is closed has nothing open. */
  const views: View[] = [];
  const countTracks = async () => {
    const counts = await Promise.all(views.map((view) => view.evaluate(liveTracks).catch(() => 0)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const past: string[] = [];
  const errors = async () => [...past, ...(await running.window.evaluate(heardErrors))];

  const quit = async (end: () => Promise<void>) => {
    past.push(...(await running.window.evaluate(heardErrors)));
    await end();
    views.length = 0;
    running = await start();
  };

  const open = async (url: string, type: 'tab' | 'window'): Promise<View> => {
    const { bidi } = running;
    const { context } = await bidi.send('browsingContext.create', { type });
    const view = createView(firefoxHands(bidi, String(context)));
    // Not awaited on the wire: an extension's page changes its process, and the answer gets lost.
    await bidi.send('browsingContext.navigate', { context, url, wait: 'none' });
    await view.waitFor(
      `${url} to load`,
      (wanted) => document.readyState !== 'loading' && document.URL === new URL(wanted).href,
      url,
    );
    if (url.startsWith(origin)) {
      await view.evaluate(hearTracks);
      views.push(view);
    }
    return view;
  };

  return {
    name: 'firefox',
    origin,
    open: (url) => open(url, 'tab'),
    openWindow: async (url) => {
      const before = await running.bidi.windows();
      const view = await open(url, 'window');
      const opened = (await running.bidi.windows()).find((context) => !before.includes(context));
      if (opened === undefined) throw new Error('Firefox opened no window.');
      running.front = createView(firefoxHands(running.bidi, opened));
      return view;
    },
    clickToolbar: async () => {
      await front().waitFor('our toolbar button', pressToolbarButton, id);
    },
    panel: async () => {
      const context = await front().waitFor(
        'the sidebar',
        enterSidebar,
        `${origin}/sidepanel.html`,
      );
      const hands = firefoxHands(running.bidi, context);
      const click: typeof hands.click = async (...where) => {
        // The wire's clicks do not move the focus between the page and the sidebar.
        await front().evaluate(focusSidebar);
        await hands.click(...where);
      };
      const view = createView({ ...hands, click });
      await view.waitFor('the panel to load', () => document.readyState === 'complete');
      await view.evaluate(hearTracks);
      views.push(view);
      return view;
    },
    closePanel: async () => {
      await front().evaluate(hideSidebar);
    },
    chooseFromMenu: async (page, x, y, item) => {
      // The wire answers only once the menu has closed again.
      const clicked = page.click(x, y, 'right');
      await front().waitFor(`the menu item ${item}`, chooseMenuItem, item.source, item.flags);
      await within('the menu to close', clicked);
    },
    pressShortcut: (keys) => front().evaluate(pressKeys, keys),
    answerPermission: async (answer) => {
      await front().waitFor('the question for a permission', answerQuestion, answer);
    },
    setMicrophone: (leave) => running.window.evaluate(setMicrophone, id, leave),
    ourPage: async (path) => {
      const context = await until(path, () => contextAt(path));
      const view = createView(firefoxHands(running.bidi, context));
      await view.evaluate(hearTracks);
      views.push(view);
      return view;
    },
    isOpen: async (path) => (await contextAt(path)) !== undefined,
    liveTracks: countTracks,
    useColors: async (scheme) => running.window.evaluate(setColors, scheme),
    killBackground: async () => {
      await running.window.evaluate(endBackground, id);
      await until(
        'the background to end',
        async () => !(await running.window.evaluate(backgroundRuns, id)),
      );
    },
    restart: () => quit(() => running.browser.close()),
    kill: () =>
      quit(async () => {
        const process = running.browser.process();
        const gone = new Promise((resolve) => process?.once('exit', resolve));
        process?.kill('SIGKILL');
        await within('Firefox to be dead', gone);
        // Puppeteer puts back what it found in there, and must not do so under the next one's hands.
        const copies = ['prefs.js', 'user.js'].map((file) =>
          path.join(profile, `${file}.puppeteer`),
        );
        await until('its settings to be put back', () => !copies.some((file) => existsSync(file)));
      }),
    closeWindow: async () => {
      if (!running.front) return;
      const before = (await running.bidi.windows()).length;
      await running.front.evaluate(closeThisWindow);
      delete running.front;
      await until('the window to go', async () => (await running.bidi.windows()).length < before);
    },
    reloadExtension: async () => {
      await running.window.evaluate(reloadAddon, id);
      await running.window.waitFor('the background to run', backgroundRuns, id);
    },
    setOffline: (offline) => running.window.evaluate(setOffline, offline),
    shiftClock: async (ms) => {
      const background = await running.window.evaluate(enterBackground, id);
      const hidden = background ? [createView(firefoxHands(running.bidi, background))] : [];
      for (const view of [...views, ...hidden]) await view.evaluate(shiftDate, ms).catch(isGone);
    },
    errors,
    close: async () => {
      const heard = [...(await errors())];
      if ((await countTracks()) > 0) heard.push('The microphone is still open.');
      await within('Firefox to quit', running.browser.close());
      await endDispatcher(profile);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      if (heard.length > 0) throw new Error(`Our code reported errors:\n${heard.join('\n')}`);
    },
  };
}

/** Of a document that was closed meanwhile. */
function isGone(): void {}

function launchOptions(
  executablePath: string,
  userDataDir: string,
  { show, args = [], env = {}, size: [width, height] = [1280, 800] }: LaunchOptions,
) {
  return {
    browser: 'firefox' as const,
    executablePath,
    userDataDir,
    // Its own window can be reached without a screen.
    headless: show !== 'window',
    // Private, so that what it starts to speak with can be found and ended.
    env: { ...process.env, XDG_RUNTIME_DIR: userDataDir, ...env },
    args: ['--remote-allow-system-access', `--width=${width}`, `--height=${height}`, ...args],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [id]: uuid }),
      // An add-on installed for a test is forgotten at a restart; its data and its name must not be.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'intl.locale.requested': 'en-US',
      // A microphone that hums, where there may be none; the question for it stays.
      'media.navigator.streams.fake': true,
      // A question takes its answer at once.
      'security.notification_enable_delay': 0,
    },
  };
}
