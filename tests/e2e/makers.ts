import { expect } from 'vitest';
import type { DemoMakers } from '../demo/makers';
import type { Chromium } from './chromium';
import type { Driver } from './driver';
import { lendEar } from './senses';
import { until } from './until';
import type { View } from './view';

/** What the panel says of an avatar that is there. */
export const isThere = /Reading with you|Listening|Speaking/u;

/** Names the service in the settings, and lets the extension reach it and the makers there. */
export async function nameBroker(browser: Driver, address: string): Promise<void> {
  // Chromium's own dialog is no part of any document.
  if (isChromium(browser)) await browser.grantHosts('http://127.0.0.1/*');
  const options = await browser.open(`${browser.origin}/options.html`);
  await options.typeInto('textbox', 'Address of the service', address);
  await options.clickOn('button', 'Connect');
  if (browser.name === 'firefox') await browser.answerPermission('allow');
  await options.find('radio', /^Nova/u);
  await options.close();
}

/** In the settings, which stay open. */
export async function choose(browser: Driver, name: string): Promise<View> {
  const options = await browser.open(`${browser.origin}/options.html`);
  await options.clickOn('radio', new RegExp(`^${name}`, 'u'));
  return options;
}

/** In the panel, once whoever was there before is back: an open menu closes when the focus moves. */
export async function pick(panel: View, name: string): Promise<void> {
  await panel.waitForText(isThere);
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', /^Whom to talk to/u);
  await panel.clickOn('button', new RegExp(`^${name} `, 'u'));
}

/** Has the microphone listen also while the avatar speaks, wherever the panel would rather not. */
export async function listenThroughout(browser: Driver): Promise<void> {
  const options = await browser.open(`${browser.origin}/options.html`);
  await options.waitFor('the choice', () => {
    const select = document.querySelector<HTMLSelectElement>('#ears-duplex');
    if (!select) return false;
    select.value = 'full';
    return select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await options.waitForText('Saved');
  await options.close();
}

/** Opens the page with the panel beside it and whom was chosen in it: awake, and silent. */
export async function talkTo(browser: Driver, name: string, url: string): Promise<View> {
  await browser.open(url);
  await browser.clickToolbar();
  const panel = await browser.panel();
  await lendEar(panel);
  const options = await choose(browser, name);
  await panel.find('heading', new RegExp(`^${name}`, 'u'));
  await options.close();
  await until(`${name} to be there`, async () => {
    if (await panel.has('button', `Talk to ${name}`)) {
      await panel.clickOn('button', `Talk to ${name}`);
    }
    return isThere.test(await panel.text());
  });
  await panel.press('Escape');
  return panel;
}

function isChromium(browser: Driver): browser is Chromium {
  return browser.name === 'chromium';
}

/** No story leaves an error, or an open microphone. */
export async function leave(browser: Driver, demo: DemoMakers): Promise<void> {
  for (const [maker, { unknown }] of demo.makers) expect([maker, unknown]).toEqual([maker, []]);
  expect(await browser.errors()).toEqual([]);
  await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
  await browser.closePanel();
}

/** As the shortcut and a screen reader do it: on until it is switched off. */
export async function switchOn(browser: Driver, panel: View): Promise<void> {
  await panel.evaluate(() => document.querySelector<HTMLButtonElement>('.microphone')?.click());
  await panel.find('button', 'Stop listening');
  await until('the microphone to be on', async () => (await browser.liveTracks()) === 1);
}
