import { isThere, nameBroker, pick } from '@/tests/e2e/makers';
import { launchChromium, type Chromium } from '@/tests/e2e/chromium';
import { chromiumHands } from '@/tests/e2e/chromium-hands';
import { createView, type View } from '@/tests/e2e/view';
import type { DemoMakers } from '@/tests/demo/makers';
import type { Site } from '@/tests/demo/server';
import type { VendorName } from '@/tests/emulators/start';
import type { Page } from 'puppeteer-core';
import type { Measure } from './beside';
import { playsAlways } from './browser';

export interface BenchPanel {
  /** Whom the panel brings when it opens. */
  choose(vendor: VendorName): Promise<void>;
  readonly measure: Measure;
  close(): Promise<void>;
}

/** By the names the demonstration broker gives them. */
const names: Record<VendorName, string> = {
  inworld: 'Sage',
  perso: 'Mina',
  'soul-machines': 'Nova',
};

export interface PanelOptions {
  readonly extension: string;
  readonly demo: DemoMakers;
  readonly site: Site;
  /** A script that is there before any of ours. */
  readonly stopwatch: string;
}

/** The real side panel beside a page that was clicked on, with a service of avatars behind it. */
export async function openBenchPanel(options: PanelOptions): Promise<BenchPanel> {
  const { extension, demo, site, stopwatch } = options;
  const browser = await launchChromium({ extension, args: [playsAlways] });
  await nameBroker(browser, demo.broker.address);
  await browser.open(`${site.origin}/reef`);
  await browser.clickToolbar();
  await browser.panel();
  const page = await panelOf(browser);
  const panel = createView(await chromiumHands(page));
  const address = `${browser.origin}/sidepanel.html`;
  await page.evaluateOnNewDocument(stopwatch);
  let agreed = false;

  return {
    async choose(vendor) {
      await page.goto(address);
      await pick(panel, names[vendor]);
      await panel.find('heading', new RegExp(`^${names[vendor]}`, 'u'));
      // To the first of a service one has to agree.
      if (!agreed) await panel.clickOn('button', `Talk to ${names[vendor]}`);
      agreed = true;
      await leave(panel);
      await page.goto('about:blank');
    },
    async measure(vendor, questions) {
      await page.goto(address, { waitUntil: 'domcontentloaded' });
      const connect = await page.evaluate(
        (hasFace) => (hasFace ? globalThis.stopwatch.picture() : globalThis.stopwatch.awake()),
        vendor !== 'inworld',
      );
      const sounds: number[] = [];
      for (const question of questions) {
        await page.evaluate(() => globalThis.stopwatch.silence());
        await panel.typeInto('textbox', 'Your question', question);
        await page.evaluate(() => globalThis.stopwatch.arm());
        await panel.press('Enter');
        sounds.push(await page.evaluate(() => globalThis.stopwatch.heard()));
        await panel.press('Escape');
      }
      await leave(panel);
      await page.goto('about:blank');
      return { connect, sounds };
    },
    close: () => browser.close(),
  };
}

/** Ends the session: nothing of it may come into the next measurement. */
async function leave(panel: View): Promise<void> {
  await panel.waitForText(isThere);
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', /^Send \w+ to sleep/u);
  await panel.waitForText(/asleep|Wake/iu);
}

async function panelOf({ browser, origin }: Chromium): Promise<Page> {
  const found = browser.targets().find((target) => target.url() === `${origin}/sidepanel.html`);
  if (!found) throw new Error('There is no panel.');
  return found.asPage();
}
