import { isThere, nameBroker, pick } from '@/tests/e2e/makers';
import { launchChromium, type Chromium } from '@/tests/e2e/chromium';
import { chromiumHands } from '@/tests/e2e/chromium-hands';
import { until } from '@/tests/e2e/until';
import { createView, type View } from '@/tests/e2e/view';
import type { DemoMakers } from '@/tests/demo/makers';
import type { Site } from '@/tests/demo/server';
import type { VendorName } from '@/tests/emulators/start';
import type { Browser, Page } from 'puppeteer-core';
import type { Measure } from './beside';
import { playsAlways } from './browser';
import type { Answered } from './stopwatch';

export interface BenchPanel {
  readonly browser: Browser;
  /** There is for the avatar's picture, CSS px. */
  room(): Promise<{ readonly width: number; readonly height: number }>;
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
  const article = `${site.origin}/reef`;
  await browser.open(article);
  await browser.clickToolbar();
  await browser.panel();
  const page = await panelOf(browser);
  const panel = createView(await chromiumHands(page));
  const address = `${browser.origin}/sidepanel.html`;
  await page.evaluateOnNewDocument(stopwatch);
  const reef = await until('the page', async () =>
    (await browser.browser.pages()).find((page) => page.url() === article),
  );
  let agreed = false;
  /** Without it an avatar that costs would not come; it lies ready for the panel that opens next. */
  const called = async () => {
    await reef.bringToFront();
    await browser.clickToolbar();
  };

  return {
    browser: browser.browser,
    async choose(vendor) {
      await called();
      await page.goto(address);
      await pick(panel, names[vendor]);
      await panel.find('heading', new RegExp(`^${names[vendor]}`, 'u'));
      // To the first of a service one has to agree.
      if (!agreed) await panel.clickOn('button', `Talk to ${names[vendor]}`);
      agreed = true;
      await leave(panel);
      await page.goto('about:blank');
    },
    async room() {
      await page.goto(address);
      const room = await panel.waitFor('the frame', () => {
        const { width, height } =
          document.querySelector('.stage-frame')?.getBoundingClientRect() ?? {};
        return width && height ? { width: Math.round(width), height: Math.round(height) } : null;
      });
      await page.goto('about:blank');
      return room;
    },
    async measure(vendor, questions) {
      await called();
      await page.goto(address, { waitUntil: 'domcontentloaded' });
      const connect = await page.evaluate(
        (hasFace) => (hasFace ? globalThis.stopwatch.picture() : globalThis.stopwatch.awake()),
        vendor !== 'inworld',
      );
      await panel.waitForText(isThere);
      const steps = { ...(await page.evaluate(() => globalThis.stopwatch.marks())) };
      const begun = await page.evaluate(sessionBegun);
      const answers: Answered[] = [];
      for (const { text, before } of questions) {
        await page.evaluate(() => globalThis.stopwatch.silence());
        await panel.typeInto('textbox', 'Your question', text);
        await page.evaluate((text) => globalThis.stopwatch.arm(text), text);
        before();
        await panel.press('Enter');
        answers.push(await page.evaluate(() => globalThis.stopwatch.answered()));
        await panel.press('Escape');
      }
      await leave(panel);
      await page.goto('about:blank');
      return { connect, steps: { ...steps, begun }, answers };
    },
    close: () => browser.close(),
  };
}

/** When the session began, by our own diagnostics, ms since the document did. */
function sessionBegun(): number {
  const kept = JSON.parse(localStorage.getItem('timeline') ?? '{}') as { begun?: number };
  return (kept.begun ?? Number.NaN) - performance.timeOrigin;
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
