import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Driver } from './driver';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => site.close());

describe.each(browsers)('$name', ({ launch }) => {
  let browser: Driver;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => browser.close());

  test('a click on our button opens the panel beside the article', async () => {
    const page = await browser.open(`${site.origin}/reef`);
    if (browser.name === 'firefox') await browser.closePanel();
    await browser.clickToolbar();
    const panel = await browser.panel();
    expect(await panel.text()).not.toBe('');
    expect(await page.evaluate(() => document.title)).toBe('The Wall That Breathes');
  });
});
