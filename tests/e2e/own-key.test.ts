import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../demo/server';
import type { Emulator } from '../emulators/emulator';
import { apiKey } from '../emulators/soul-machines/account';
import { startEmulator } from '../emulators/start';
import { browsers } from './browsers';
import type { Chromium } from './chromium';
import type { Driver } from './driver';
import { picturesIn } from './senses';
import { until } from './until';

const avatar = /^Your Soul Machines avatar/u;

describe.each(browsers)('a Soul Machines key of the reader’s own in $name', ({ launch }) => {
  let browser: Driver;
  let site: Site;
  let maker: Emulator;
  let key: string;

  beforeAll(async () => {
    site = await startSite();
    maker = await startEmulator('soul-machines');
    key = apiKey(maker.address);
    browser = await launch();
  });
  afterEach(async () => {
    expect(maker.unknown).toEqual([]);
    expect(await browser.errors()).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await maker?.close();
    await site?.close();
  });

  const asked = () => maker.told.filter(({ what }) => what === 'GET /api/auth').length;

  test('lets its avatar sit beside the page, with no service in between', async () => {
    // Chromium's own dialog is no part of any document.
    if (isChromium(browser)) await browser.grantHosts('http://127.0.0.1/*');
    const options = await browser.open(`${browser.origin}/options.html`);
    await options.waitFor('the field for the key', () => {
      const field = document.getElementById('own-key');
      field?.focus();
      return field !== null;
    });
    await options.type(key);
    await options.clickOn('button', 'Keep it');
    if (!isChromium(browser)) await browser.answerPermission('allow');
    await options.waitForText('A key is kept');
    await options.clickOn('button', 'Test it');
    await options.waitForText('lets you in');
    expect(asked()).toBe(1);
    await options.clickOn('button', 'Talk to this avatar');
    await options.waitForText('sits beside the page');
    expect(await options.evaluate(() => document.documentElement.outerHTML)).not.toContain(key);
    await options.close();

    const page = await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await panel.find('heading', avatar);
    await panel.waitForText(/Reading with you|Listening|Speaking/u);
    await until('pictures', async () => (await picturesIn(panel)) > 5);
    await panel.typeInto('textbox', 'Your question', 'What does this page say about corals?');
    await panel.press('Enter');
    await panel.waitForText(/The Wall That Breathes[\s\S]*The Wall That Breathes/u);
    expect(asked()).toBe(2);
    const kept = await panel.evaluate(() =>
      JSON.stringify([document.documentElement.outerHTML, Object.entries(sessionStorage)]),
    );
    expect(kept).not.toContain(key);
    await browser.closePanel();
    await until('the maker to see the end', () => maker.running().length === 0);
    await page.close();
  });

  test('is named as what is wrong where the maker lets nobody in by it, and goes when it is removed', async () => {
    Object.assign(maker.knobs, { credentials: 200 });
    const page = await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await panel.waitForText('does not accept your key');
    await panel.find('button', 'Settings');
    await panel.find('button', 'Talk to Vis meanwhile');

    const options = await browser.open(`${browser.origin}/options.html`);
    await options.clickOn('button', 'Remove it');
    await panel.find('heading', /^Vis/u);
    expect(
      await options.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null))),
    ).not.toContain(key);
    await options.close();
    await browser.closePanel();
    await page.close();
  });
});

function isChromium(browser: Driver): browser is Chromium {
  return browser.name === 'chromium';
}

declare const chrome: {
  storage: { local: { get(keys: null): Promise<Record<string, unknown>> } };
};
