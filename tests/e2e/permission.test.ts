import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { spoken } from '../sound/spoken';
import { join } from '../sound/noise';
import { chromium, firefox } from './browsers';
import type { Chromium } from './chromium';
import { chromiumHands } from './chromium-hands';
import { hasDesktop } from './desktop';
import type { Driver } from './driver';
import { startMakers, talkTo, type Makers } from './makers';
import { microphonePlaying, seconds } from './microphones';
import { until } from './until';
import { createView, type View } from './view';

let site: Site;
let makers: Makers;
beforeAll(async () => {
  site = await startSite();
  makers = await startMakers();
});
afterAll(async () => {
  await makers.close();
  await site.close();
});

/** A browser of its own for every answer, since an answer lasts. */
async function withSage(browser: Driver, story: (panel: View) => Promise<void>): Promise<void> {
  try {
    await makers.introduce(browser);
    const panel = await talkTo(browser, 'Sage', `${site.origin}/reef`);
    await story(panel);
    await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
    expect(makers.unknown()).toEqual([]);
  } finally {
    await browser.close();
  }
}

const pressMicrophone = (panel: View) => panel.clickOn('button', 'Hold to talk');

async function hold(panel: View, browser: Driver): Promise<void> {
  const { x, y } = await panel.find('button', 'Hold to talk');
  await panel.hold({ x, y }, async () => {
    await panel.waitForText('Hearing you');
    await until('the microphone to be on', async () => (await browser.liveTracks()) === 1);
  });
  await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
}

/** The page that asks, once the panel has opened it. */
async function askingPage({ browser, origin }: Chromium): Promise<View> {
  const page = await until('the page that asks', async () =>
    (await browser.pages()).find((page) => page.url() === `${origin}/microphone.html`),
  );
  return createView(await chromiumHands(page));
}

async function isGone({ browser, origin }: Chromium): Promise<boolean> {
  const pages = await browser.pages();
  return pages.every((page) => page.url() !== `${origin}/microphone.html`);
}

// The browser's own question can be answered only where there is a desktop.
describe.runIf(hasDesktop)('Chromium, which never asks in a panel,', () => {
  const launch = async () =>
    chromium({
      show: 'desktop',
      args: await microphonePlaying(join(seconds(1), spoken('fish'), seconds(60))),
    });

  test.each(['always', 'once'] as const)(
    'is asked in a tab; allowed %s, the tab goes and the panel hears',
    async (answer) => {
      const browser = await launch();
      await withSage(browser, async (panel) => {
        await pressMicrophone(panel);
        await panel.waitForText('Waiting for your answer in the other tab');
        const page = await askingPage(browser);
        await browser.answerMicrophone(() => page.clickOn('button', 'Use the microphone'), answer);
        await until('the page to close', () => isGone(browser));
        await panel.waitForText('Hold the microphone button');
        expect(await browser.liveTracks()).toBe(0);
        await hold(panel, browser);
      });
    },
  );

  test('never: both say how to mend it, typing works, and what is allowed later is noticed', async () => {
    const browser = await launch();
    await withSage(browser, async (panel) => {
      await pressMicrophone(panel);
      const page = await askingPage(browser);
      await browser.answerMicrophone(() => page.clickOn('button', 'Use the microphone'), 'never');
      await page.waitForText('Site settings');
      await panel.waitForText('typing always works');
      await panel.typeInto('textbox', 'Your question', 'What is bleaching?');
      await panel.press('Enter');
      await panel.waitForText(/Speaking/u);
      await browser.setMicrophone('granted');
      await page.waitForText('Thank you');
      await panel.press('Escape');
      await hold(panel, browser);
    });
  });
});

describe('Firefox, which asks in its sidebar,', () => {
  test('allowed, it hears', async () => {
    const browser = await firefox();
    await withSage(browser, async (panel) => {
      // Longer than a tap, since the question comes between.
      const { x, y } = await panel.find('button', 'Hold to talk');
      await panel.hold({ x, y }, async () => {
        await browser.answerPermission('allow');
        await panel.waitForText('Hearing you');
        expect(await browser.liveTracks()).toBe(1);
      });
    });
  });

  test('denied, it says how to mend it, and typing works', async () => {
    const browser = await firefox();
    await withSage(browser, async (panel) => {
      const { x, y } = await panel.find('button', 'Hold to talk');
      await panel.hold({ x, y }, () => browser.answerPermission('deny'));
      await panel.waitForText('typing always works');
      await panel.find('button', 'How to allow it');
      await panel.typeInto('textbox', 'Your question', 'What is bleaching?');
      await panel.press('Enter');
      await panel.waitForText(/Speaking/u);
      await panel.press('Escape');
    });
  });
});
