import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMakers, type DemoMakers } from '../demo/makers';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Chromium } from './chromium';
import { hasDesktop } from './desktop';
import type { Driver } from './driver';
import { until } from './until';
import type { View } from './view';

const missing = 'does not let Visavis reach the avatar';
const live = /Reading with you|Listening|Speaking/u;

/** Mina's maker answers at a host of its own, which the browser has to be asked for. */
describe.each(browsers)('leave to reach a maker in $name', ({ name, launch }) => {
  // Chromium's question is no part of any document.
  const isOutOfReach = name === 'chromium' && !hasDesktop;
  let browser: Driver;
  let site: Site;
  let demo: DemoMakers;
  let panel: View;

  beforeAll(async () => {
    site = await startSite();
    demo = await startMakers((address) => address.replace('127.0.0.1', 'localhost'));
    browser = await launch(name === 'chromium' && hasDesktop ? { show: 'desktop' } : {});
    if (isChromium(browser)) await browser.grantHosts('http://127.0.0.1/*');
    const options = await browser.open(`${browser.origin}/options.html`);
    await options.typeInto('textbox', 'Address of the service', demo.broker.address);
    await options.clickOn('button', 'Connect');
    if (!isChromium(browser)) await browser.answerPermission('allow');
    await options.find('radio', /^Mina/u);
    await options.close();
    await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    panel = await browser.panel();
  });
  afterEach(async () => {
    expect(await browser.errors()).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
    await site?.close();
  });

  const sessions = () => demo.makers.get('perso')?.running() ?? [];
  const pick = async (who: string) => {
    await panel.clickOn('button', 'Menu');
    await panel.clickOn('button', /^Whom to talk to/u);
    await panel.clickOn('button', new RegExp(`^${who} `, 'u'));
  };
  /** Chosen anew, as by somebody who was never asked. */
  const withdraw = async () => {
    await pick('Vis');
    await panel.find('heading', /^Vis/u);
    await panel.waitForText(live);
    // Chromium gives back without a question what an extension has given up itself.
    if (isChromium(browser)) await browser.revokeHosts(`${patternOf(demo)}/*`);
    else await panel.evaluate(giveUp, patternOf(demo));
  };
  const patternOf = ({ makers }: DemoMakers) => {
    const { port } = new URL(makers.get('perso')?.address ?? '');
    // Firefox knows no ports in patterns.
    return name === 'firefox' ? 'http://localhost' : `http://localhost:${port}`;
  };

  test.skipIf(isOutOfReach)(
    'denied in the click that chooses, it says so, with one button that asks again',
    async () => {
      await panel.waitForText(live);
      await pick('Mina');
      await browser.answerPermission('deny');
      await panel.clickOn('button', 'Talk to Mina');
      await panel.waitForText(missing);
      await panel.find('heading', /^Mina/u);
      expect(await panel.has('button', 'Try again')).toBe(false);

      await panel.clickOn('button', 'Allow it');
      await browser.answerPermission('deny');
      await panel.waitForText(missing);
      expect(sessions()).toEqual([]);

      await panel.clickOn('button', 'Allow it');
      await browser.answerPermission('allow');
      await panel.waitForText(live);
      expect(await panel.text()).not.toContain(missing);
      await until('Mina to be there', () => sessions().length > 0);
    },
  );

  test.skipIf(isOutOfReach)('allowed in the click that chooses, she is there at once', async () => {
    await withdraw();
    await until('Mina to be gone', () => sessions().length === 0);
    await pick('Mina');
    await browser.answerPermission('allow');
    await panel.find('heading', /^Mina/u);
    await panel.waitForText(live);
    await until('Mina to be there', () => sessions().length > 0);
  });

  test.skipIf(isOutOfReach)('allowed elsewhere later on, she comes by herself', async () => {
    await withdraw();
    await until('Mina to be gone', () => sessions().length === 0);
    await pick('Mina');
    await browser.answerPermission('deny');
    await panel.waitForText(missing);
    if (isChromium(browser)) {
      await browser.grantHosts(`${patternOf(demo)}/*`);
    } else {
      const options = await browser.open(`${browser.origin}/options.html`);
      await options.clickOn('radio', /^Vis/u);
      await panel.find('heading', /^Vis/u);
      await options.clickOn('radio', /^Mina/u);
      await browser.answerPermission('allow');
    }
    await panel.waitForText(live);
    await until('Mina to be there', () => sessions().length > 0);
  });
});

async function giveUp(origin: string): Promise<void> {
  await globalThis.chrome.permissions.remove({ origins: [`${origin}/*`] });
}

function isChromium(browser: Driver): browser is Chromium {
  return browser.name === 'chromium';
}
