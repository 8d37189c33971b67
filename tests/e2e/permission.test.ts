import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMakers, type DemoMakers } from '../demo/makers';
import { startSite, type Site } from '../demo/server';
import { chromium, firefox } from './browsers';
import type { Chromium } from './chromium';
import { hasDesktop } from './desktop';
import type { Driver } from './driver';
import type { Firefox } from './firefox';
import { nameBroker, talkTo } from './makers';
import { startMicrophone, type FakeMicrophone } from './microphones';
import { until } from './until';
import type { View } from './view';
import { hasSound, startSound, type Sound } from './voices';

const asking = '/microphone.html';
let site: Site;
let demo: DemoMakers;
beforeAll(async () => {
  site = await startSite();
  demo = await startMakers();
});
afterAll(async () => {
  await demo.close();
  await site.close();
});

const pressMicrophone = (panel: View) => panel.clickOn('button', 'Hold to talk');
const isOff = (browser: Driver) =>
  until('the microphone to be off', async () => (await browser.liveTracks()) === 0);

/** It can be held, hears meanwhile, and nothing is captured before and after. */
async function canBeHeld(panel: View, browser: Driver): Promise<void> {
  expect(await browser.liveTracks()).toBe(0);
  const { x, y } = await panel.find('button', 'Hold to talk');
  await panel.hold({ x, y }, async () => {
    await panel.waitForText('Hearing you');
    expect(await browser.liveTracks()).toBe(1);
  });
  await isOff(browser);
}

async function typingWorks(panel: View): Promise<void> {
  await panel.typeInto('textbox', 'Your question', 'What is bleaching?');
  await panel.press('Enter');
  await panel.waitForText('You ask about');
  await panel.press('Escape');
}

// The browser's own question can be answered only where there is a desktop.
describe.runIf(hasDesktop)('Chromium, which never asks in a panel,', () => {
  let browser: Chromium;
  let microphone: FakeMicrophone;
  let panel: View;
  beforeAll(async () => {
    microphone = await startMicrophone();
    browser = await chromium({ show: 'desktop', args: microphone.args });
    await nameBroker(browser, demo.broker.address);
    panel = await talkTo(browser, 'Sage', `${site.origin}/reef`);
  });
  afterEach(async () => {
    await isOff(browser);
    if (await browser.isOpen(asking)) await (await browser.ourPage(asking)).close();
    await browser.setMicrophone('prompt');
  });
  afterAll(async () => {
    await browser?.close();
    await microphone?.close();
  });

  /** From the panel's button to the page that asks. */
  async function askingPage(): Promise<View> {
    await pressMicrophone(panel);
    await panel.waitForText('Waiting for your answer in the other tab');
    const page = await browser.ourPage(asking);
    await page.waitForText('May I hear you?');
    expect(await browser.liveTracks()).toBe(0);
    return page;
  }
  async function answer(page: View, how: Parameters<Chromium['answerMicrophone']>[1]) {
    await page.clickOn('button', 'Use the microphone');
    await page.waitForText('The browser is asking you now');
    await browser.answerMicrophone(page, how);
  }

  test.each(['always', 'once'] as const)(
    'is asked in a tab; allowed %s, the tab goes by itself and the panel hears',
    async (how) => {
      await answer(await askingPage(), how);
      await until('the page to close', async () => !(await browser.isOpen(asking)));
      // What to do next.
      await panel.waitForText('Hold the microphone button, or the space bar, while you speak.');
      await canBeHeld(panel, browser);
    },
  );

  test('its question closed, the page says so and can ask again; the page closed, all is as before', async () => {
    const page = await askingPage();
    await answer(page, 'close');
    await page.waitForText('You closed the question without an answer.');
    await page.find('button', 'Use the microphone');
    await page.close();
    await panel.waitFor('nothing to wait', () => !document.body.innerText.includes('Waiting for'));
    await typingWorks(panel);
  });

  test('never: page and panel say how to mend it, typing works, and what is allowed later is noticed', async () => {
    const page = await askingPage();
    await answer(page, 'never');
    await page.waitForText('The browser keeps the microphone from Visavis');
    await page.waitForText('Choose “Site settings” and set “Microphone” to “Allow”.');
    await panel.waitForText('typing always works');
    await panel.clickOn('button', 'How to allow it');
    await typingWorks(panel);
    await browser.setMicrophone('granted');
    await page.waitForText('Thank you');
    await canBeHeld(panel, browser);
    await until('the page to close', async () => !(await browser.isOpen(asking)));
  });

  test('taken back while it listens: it is off, says so and what to do, and typing works', async () => {
    await browser.setMicrophone('granted');
    await panel.evaluate(() => document.querySelector<HTMLButtonElement>('.microphone')?.click());
    await panel.find('button', 'Stop listening');
    await until('the microphone to be on', async () => (await browser.liveTracks()) === 1);
    await browser.setMicrophone('denied');
    await panel.waitForText('was taken back, so I stopped listening');
    expect(await browser.liveTracks()).toBe(0);
    await panel.clickOn('button', 'How to allow it');
    await (await browser.ourPage(asking)).waitForText('Choose “Site settings”');
    await typingWorks(panel);
  });
});

// Its audio never starts where there is no sound system.
describe.runIf(hasSound)('Firefox, which asks in its sidebar,', () => {
  let browser: Firefox;
  let panel: View;
  let sound: Sound;
  beforeAll(async () => {
    sound = await startSound();
    browser = await firefox({ env: sound.env });
    await nameBroker(browser, demo.broker.address);
    panel = await talkTo(browser, 'Sage', `${site.origin}/reef`);
  });
  afterEach(() => isOff(browser));
  afterAll(async () => {
    await browser?.close();
    await sound?.close();
  });

  test('denied, panel and page say how to mend it, typing works, and what is mended is noticed', async () => {
    await pressMicrophone(panel);
    await browser.answerPermission('deny');
    await panel.waitForText('typing always works');
    await panel.clickOn('button', 'How to allow it');
    await typingWorks(panel);
    const page = await browser.ourPage(asking);
    await page.waitForText('Take away “Blocked” beside “Use the microphone”.');
    await browser.setMicrophone('prompt');
    await page.waitForText('May I hear you?');
    await page.close();
  });

  test('allowed, it says what to do next, and hears', async () => {
    await pressMicrophone(panel);
    await browser.answerPermission('allow');
    await panel.waitForText('Hold the microphone button, or the space bar, while you speak.');
    await canBeHeld(panel, browser);
  });

  test('taken back while it listens: it is off, says so, and typing works', async () => {
    await browser.setMicrophone('granted');
    await panel.evaluate(() => document.querySelector<HTMLButtonElement>('.microphone')?.click());
    await panel.find('button', 'Stop listening');
    await until('the microphone to be on', async () => (await browser.liveTracks()) === 1);
    await browser.setMicrophone('denied');
    await panel.waitForText('was taken back, so I stopped listening');
    await panel.find('button', 'How to allow it');
    await typingWorks(panel);
  });
});
