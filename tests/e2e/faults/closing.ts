import { expect } from 'vitest';
import { until } from '../until';
import { questionsKept } from './disk';
import type { Fault } from './fault';

/* What is closed, killed, switched off or moved elsewhere. */

const elsewhere = 'I am awake in your other window.';

export const panelClosed: Fault = {
  async strike(world) {
    await world.leave();
    await world.goOn(await world.openPanel());
  },
};

export const windowClosed: Fault = {
  where: 'window',
  async strike(world) {
    await world.browser.closeWindow();
    await world.nothingRuns();
    await world.goOn(await world.openPanel());
  },
};

export const workerKilled: Fault = {
  async strike(world, panel) {
    await world.browser.killBackground();
    await world.goOn(panel);
    await world.say(panel, `Are you still there, part ${world.asked.length}?`);
    await panel.waitForText('Speaking');
  },
};

export const browserKilled: Fault = {
  async strike(world, panel) {
    // To the disk it is a matter of milliseconds, which a power cut may take away.
    const last = world.asked.at(-1) ?? '';
    await until('it to be written', async () => (await questionsKept(panel)).includes(last));
    await world.browser.kill();
    // The background alone, before anybody opens a panel.
    await world.nothingRuns();
    await world.goOn(await world.openPanel());
  },
};

export const extensionReloaded: Fault = {
  async strike(world) {
    await world.browser.reloadExtension();
    await world.nothingRuns();
    await world.goOn(await world.openPanel());
  },
};

/** The page that is read; the one behind it was never shared. */
export const tabClosed: Fault = {
  async prepare({ browser, site }) {
    await browser.open(`${site.otherOrigin}/chinese.html`);
  },
  async strike(world, panel) {
    await panel.find('button', /Whole page$/u);
    await world.page.close();
    await panel.waitForText('This page is not shared');
    await world.goOn(panel);
    await world.say(panel, `Which page is this, part ${world.asked.length}?`);
    await panel.waitForText('Speaking');
  },
};

export const secondWindow: Fault = {
  async strike(world, panel, situation) {
    const { browser, site, live } = world;
    const isAsleep = situation === 'before connect';
    await browser.openWindow(`${site.origin}/chinese.html`);
    await browser.clickToolbar();
    const second = await browser.panel();
    let most = 0;
    const counting = setInterval(() => void live().then((now) => (most = Math.max(most, now))), 50);
    try {
      if (!isAsleep) {
        await second.waitForText(elsewhere);
        await world.remembers(second);
        await second.clickOn('button', 'Bring me here');
      }
      await world.goOn(second);
      if (!isAsleep) await panel.waitForText(elsewhere);
    } finally {
      clearInterval(counting);
    }
    // Never two at a time: nobody pays twice.
    expect(most).toBe(1);
    expect(await browser.liveTracks()).toBe(0);
  },
};
