import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startDemoBroker, type DemoBroker } from '../demo/broker';
import { startSite, type Site } from '../demo/server';
import type { SoulMachinesEmulator } from '../emulators/soul-machines/soul-machines';
import { startEmulator } from '../emulators/start';
import { chromium } from './browsers';
import type { Chromium } from './chromium';
import { faultTable } from './fault-table';
import { until } from './until';
import type { View } from './view';

/*
 * What goes wrong with a session that costs, and what it may not do: lose or double a word, leave
 * something running that nobody looks at, or say what is not so. `npm run bench:faults` prints it.
 */
const table = faultTable(['live idle', 'live speaking']);

let browser: Chromium;
let site: Site;
let vendor: SoulMachinesEmulator;
let broker: DemoBroker;
/** Every question of this run; each must stand in the store exactly once. */
const asked: string[] = [];

const isThere = /Reading with you|Listening|Speaking/u;
const running = () => vendor.running();
const live = async () => (await broker.live()).length;
const makers = () => ({
  inworld: vendor.address,
  perso: vendor.address,
  soulMachines: vendor.address,
});

beforeAll(async () => {
  site = await startSite();
  vendor = (await startEmulator('soul-machines')) as SoulMachinesEmulator;
  broker = await startDemoBroker(makers());
  browser = await chromium();
  await browser.grantHosts('http://127.0.0.1/*');
  const options = await browser.open(`${browser.origin}/options.html`);
  await options.typeInto('textbox', 'Address of the service', broker.address);
  await options.clickOn('button', 'Connect');
  await options.clickOn('radio', /^Nova/u);
  const panel = await openPanel();
  // What was chosen is on its way; the page that chose it must not go before it has arrived.
  await panel.find('heading', /^Nova/u);
  await options.close();
  await panel.clickOn('button', 'Talk to Nova');
  await panel.waitForText(isThere);
  await leave();
});
afterEach(async () => {
  expect(vendor.unknown).toEqual([]);
  expect(await browser.errors()).toEqual([]);
});
afterAll(async () => {
  console.log(table.print());
  await browser?.close();
  await broker?.close();
  await vendor?.close();
  await site?.close();
});

async function openPanel(): Promise<View> {
  await browser.open(`${site.origin}/reef`);
  await browser.clickToolbar();
  return browser.panel();
}

/** The panel closes, and nothing of it is left anywhere. */
async function leave(): Promise<void> {
  await browser.closePanel();
  await nothingRuns();
}

async function nothingRuns(): Promise<void> {
  await until('the vendor to see the end', () => running().length === 0);
  await until('the service to know the end', async () => (await live()) === 0);
}

async function say(panel: View, question: string): Promise<void> {
  asked.push(question);
  await panel.typeInto('textbox', 'Your question', question);
  await panel.press('Enter');
  await panel.waitForText(question);
}

const situations = {
  async 'live idle'(panel: View) {
    await say(panel, `What does this page say about corals, part ${asked.length}?`);
    await panel.waitForText('Speaking');
    await panel.press('Escape');
    await panel.waitForText(/Reading with you|Listening/u);
  },
  async 'live speaking'(panel: View) {
    await say(panel, `Tell me a long story about corals, part ${asked.length}.`);
    await panel.waitForText('Speaking');
  },
};

const faults = {
  async 'panel closed'() {
    await leave();
    const again = await openPanel();
    await again.waitForText(asked.at(-1) ?? '');
    await again.waitForText(isThere);
  },
  async 'worker killed'(panel: View) {
    await browser.killBackground();
    await panel.waitForText(isThere);
    expect(await live()).toBe(1);
    await say(panel, `Are you still there, part ${asked.length}?`);
    await panel.waitForText('Speaking');
  },
  async 'browser killed'() {
    await browser.kill();
    // The background alone, before anybody opens a panel.
    await nothingRuns();
    const again = await openPanel();
    await again.waitForText(asked.at(-1) ?? '');
    await again.waitForText(isThere);
  },
  async 'vendor socket dropped'(panel: View) {
    vendor.knobs.now = { do: 'drop' };
    await panel.waitForText(/Line lost/u);
    await panel.waitForText(isThere);
    await until('the service to have one session', async () => (await live()) === 1);
  },
  async 'broker down'(panel: View) {
    const { port } = new URL(broker.address);
    await broker.close();
    try {
      // What runs needs it only later; what is begun needs it now.
      await panel.waitForText(isThere);
      await panel.clickOn('button', 'Menu');
      await panel.clickOn('button', 'Send Nova to sleep');
      await panel.waitForText('Asleep. Say hello or type.');
      await until('the vendor to see the end', () => running().length === 0);
      await panel.clickOn('button', 'Wake Nova');
      await panel.waitForText('The avatar service could not be reached');
      await panel.waitForText('No way through');
    } finally {
      broker = await startDemoBroker(makers(), Number(port));
    }
    await panel.clickOn('button', 'Try again');
    await panel.waitForText(isThere);
  },
  async 'second window'(panel: View) {
    await browser.openWindow(`${site.origin}/chinese.html`);
    await browser.clickToolbar();
    const second = await browser.panel();
    await second.waitForText('I am awake in your other window.');
    await second.waitForText(asked.at(-1) ?? '');
    let most = 0;
    const counting = setInterval(() => void live().then((now) => (most = Math.max(most, now))), 50);
    await second.clickOn('button', 'Bring me here');
    await second.waitForText(isThere);
    await panel.waitForText('I am awake in your other window.');
    clearInterval(counting);
    // Never two at a time: nobody pays twice.
    expect(most).toBe(1);
    expect(await live()).toBe(1);
    await leave();
    await browser.restart();
    const again = await openPanel();
    await again.waitForText(isThere);
  },
};

describe.each(Object.keys(faults) as (keyof typeof faults)[])('%s', (fault) => {
  test.each(Object.keys(situations) as (keyof typeof situations)[])('%s', async (situation) => {
    table.begin(fault, situation);
    const panel = await openPanel();
    await panel.waitForText(isThere);
    await situations[situation](panel);
    await faults[fault](panel);
    expect(await live()).toBe(1);
    await leave();
    const questions = await questionsKept();
    expect(questions.filter((one) => asked.includes(one)).toSorted()).toEqual(asked.toSorted());
    table.passed(fault, situation);
  });
});

/** What the reader said, as it lies on the disk. */
async function questionsKept(): Promise<readonly string[]> {
  const page = await browser.open(`${browser.origin}/diagnostics.html`);
  const kept = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('transcript');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('No database')));
    });
    const request = database.transaction('messages').objectStore('messages').getAll();
    await new Promise((resolve) => {
      request.addEventListener('success', resolve);
    });
    database.close();
    const messages = request.result as { who: string; text: string }[];
    return messages.filter(({ who }) => who === 'reader').map(({ text }) => text);
  });
  await page.close();
  return kept;
}
