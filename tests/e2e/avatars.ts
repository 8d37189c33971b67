import type { Chromium } from './chromium';
import type { Driver } from './driver';
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

/** In the panel, once whoever was there before is back: an open menu closes when the focus moves. */
export async function pick(panel: View, name: string): Promise<void> {
  await panel.waitForText(isThere);
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', /^Whom to talk to/u);
  await panel.clickOn('button', new RegExp(`^${name} `, 'u'));
}

function isChromium(browser: Driver): browser is Chromium {
  return browser.name === 'chromium';
}
