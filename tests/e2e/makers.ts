import { startDemoBroker } from '../demo/broker';
import type { Emulator } from '../emulators/emulator';
import { startEmulator, type VendorName } from '../emulators/start';
import type { Chromium } from './chromium';
import type { Driver } from './driver';
import { lendEar } from './senses';
import { until } from './until';
import type { View } from './view';

/** Every emulated maker, and a broker with an account at each. */
export interface Makers {
  readonly of: (vendor: VendorName) => Emulator;
  /** Calls that one of them did not know. */
  readonly unknown: () => readonly string[];
  /** Names the broker in the settings. */
  readonly introduce: (browser: Driver) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startMakers(): Promise<Makers> {
  const inworld = await startEmulator('inworld');
  const perso = await startEmulator('perso');
  const soulMachines = await startEmulator('soul-machines');
  const broker = await startDemoBroker({
    inworld: inworld.address,
    perso: perso.address,
    soulMachines: soulMachines.address,
  });
  const all = { inworld, perso, 'soul-machines': soulMachines };
  return {
    of: (vendor) => all[vendor],
    unknown: () => Object.values(all).flatMap((maker) => maker.unknown),
    async introduce(browser) {
      // Chromium's own dialog is no part of any document.
      if (isChromium(browser)) await browser.grantHosts('http://127.0.0.1/*');
      const options = await browser.open(`${browser.origin}/options.html`);
      await options.typeInto('textbox', 'Address of the service', broker.address);
      await options.clickOn('button', 'Connect');
      if (browser.name === 'firefox') await browser.answerPermission('allow');
      await options.find('radio', /^Nova/u);
      await options.close();
    },
    async close() {
      for (const maker of Object.values(all)) await maker.close();
      await broker.close();
    },
  };
}

/** Opens the page with the panel beside it, and chooses whom to talk to; awake and silent. */
export async function talkTo(browser: Driver, name: string, url: string): Promise<View> {
  await browser.open(url);
  await browser.clickToolbar();
  const panel = await browser.panel();
  await lendEar(panel);
  const options = await browser.open(`${browser.origin}/options.html`);
  await options.clickOn('radio', new RegExp(`^${name}`, 'u'));
  await panel.find('heading', new RegExp(`^${name}`, 'u'));
  await options.close();
  await until(`${name} to be there`, async () => {
    if (await panel.has('button', `Talk to ${name}`)) {
      await panel.clickOn('button', `Talk to ${name}`);
    }
    return /Reading with you|Listening|Speaking/u.test(await panel.text());
  });
  await panel.press('Escape');
  return panel;
}

function isChromium(browser: Driver): browser is Chromium {
  return browser.name === 'chromium';
}
