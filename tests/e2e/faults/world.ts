import { startDemoBroker, type DemoBroker } from '../../demo/broker';
import { startSite, type Site } from '../../demo/server';
import type { SoulMachinesEmulator } from '../../emulators/soul-machines/soul-machines';
import { startEmulator } from '../../emulators/start';
import { chromium, firefox } from '../browsers';
import type { Driver } from '../driver';
import { choose, nameBroker } from '../makers';
import { until } from '../until';
import type { View } from '../view';
import { draftsKept, questionsKept } from './disk';
import { microphoneOf, type Microphone } from './microphone';

/** What the panel says while the avatar is there. */
export const there = /Reading with you|Listening|Hearing you|Thinking|Speaking/u;

/** A browser, a service and a maker, and what was said among them. */
export interface World {
  readonly browser: Driver;
  readonly site: Site;
  readonly vendor: SoulMachinesEmulator;
  /** Every question of this run; each must lie on the disk exactly once. */
  readonly asked: string[];
  /** Whoever sits there speaks into it and pauses, over and over. */
  readonly microphone: Microphone;
  /** What was typed and not sent; null: nothing. */
  draft: string | null;
  /** The web page the panel was called from. */
  readonly page: View;
  broker(): DemoBroker;
  stopBroker(): Promise<void>;
  /** At the same address; it remembers nothing. */
  startBroker(lease?: number): Promise<void>;
  /** Calls the panel on a page in a new tab, or a new window. */
  openPanel(where?: 'tab' | 'window'): Promise<View>;
  say(panel: View, question: string): Promise<void>;
  /** Types it, and waits until it is kept. */
  type(panel: View, draft: string): Promise<void>;
  sendDraft(panel: View): Promise<void>;
  /** What was said last, and what was typed, stands there. */
  remembers(panel: View): Promise<void>;
  /** The maker makes nobody wait any more, and what was typed is sent; the avatar is there. */
  goOn(panel: View): Promise<void>;
  /** Whatever the last fault left is put right. */
  calm(): Promise<void>;
  /** How many sessions the service counts. */
  live(): Promise<number>;
  nothingRuns(): Promise<void>;
  /** All panels close, and nothing of them is left anywhere. */
  leave(): Promise<void>;
  /** What was asked, as it lies on the disk. */
  kept(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function startWorld(name: Driver['name']): Promise<World> {
  const site = await startSite();
  const vendor = (await startEmulator('soul-machines')) as SoulMachinesEmulator;
  const { address } = vendor;
  const makers = { inworld: address, perso: address, soulMachines: address };
  let broker = await startDemoBroker(makers);
  const port = Number(new URL(broker.address).port);
  const launch = { chromium, firefox }[name];
  const microphone = await microphoneOf(name);
  const browser = await launch(microphone.options);
  let page: View | null = null;

  const world: World = {
    browser,
    site,
    vendor,
    microphone,
    asked: [],
    draft: null,
    get page() {
      if (!page) throw new Error('No panel was opened yet.');
      return page;
    },
    broker: () => broker,
    stopBroker: () => broker.close(),
    async startBroker(lease) {
      broker = await startDemoBroker(makers, port, lease);
    },
    async openPanel(where = 'tab') {
      const address = `${site.origin}/reef`;
      page = where === 'tab' ? await browser.open(address) : await browser.openWindow(address);
      await browser.clickToolbar();
      return browser.panel();
    },
    async say(panel, question) {
      world.asked.push(question);
      await panel.typeInto('textbox', 'Your question', question);
      await panel.press('Enter');
      await panel.waitForText(question);
    },
    async type(panel, draft) {
      world.draft = draft;
      await panel.typeInto('textbox', 'Your question', draft);
      await until('the draft to be kept', async () => (await draftsKept(panel)).includes(draft));
    },
    async remembers(panel) {
      await panel.waitForText(world.asked.at(-1) ?? '');
      const { draft } = world;
      if (draft === null) return;
      await until(
        'the draft',
        async () => (await panel.find('textbox', 'Your question')).value === draft,
      );
    },
    async goOn(panel) {
      world.vendor.knobs.waitsAt = null;
      await world.remembers(panel);
      if (world.draft !== null) await world.sendDraft(panel);
      await panel.waitForText(there);
    },
    async sendDraft(panel) {
      world.asked.push(world.draft ?? '');
      world.draft = null;
      await panel.clickOn('textbox', 'Your question');
      await panel.press('Enter');
    },
    async calm() {
      world.draft = null;
      await browser.setOffline(false);
      await browser.closePanel();
      await browser.closeWindow();
      await vendor.reset();
    },
    live: async () => (await broker.live()).length,
    async nothingRuns() {
      await until('the vendor to see the end', () => vendor.running().length === 0);
      await until('the service to know the end', async () => (await world.live()) === 0);
    },
    async leave() {
      await browser.closePanel();
      await browser.closeWindow();
      await world.nothingRuns();
    },
    async kept() {
      const own = await browser.open(`${browser.origin}/diagnostics.html`);
      const questions = await questionsKept(own);
      await own.close();
      return questions;
    },
    async close() {
      await browser.close();
      await broker.close();
      await vendor.close();
      await site.close();
      await microphone.close();
    },
  };
  return world;
}

/** The reader names the service, chooses Nova, and agrees to talk to her. */
export async function meetNova(world: World): Promise<void> {
  const { browser } = world;
  await nameBroker(browser, world.broker().address);
  const options = await choose(browser, 'Nova');
  const panel = await world.openPanel();
  // What was chosen is on its way; the page that chose it must not go before it has arrived.
  await panel.find('heading', /^Nova/u);
  await options.close();
  await panel.clickOn('button', 'Talk to Nova');
  await panel.waitForText(there);
  await world.say(panel, 'Who are you, Nova?');
  await world.leave();
}
