import { expect } from 'vitest';
import { until } from '../until';
import type { View } from '../view';
import { there, type World } from './world';

/** How far a session has come when something happens. Each opens the panel it is about. */
export const situations = {
  /** The browser opened the panel by itself, so nobody was woken; the reader has begun to type. */
  async 'before connect'(world: World, open: () => Promise<View>) {
    const panel = await open();
    await panel.waitForText(there);
    await panel.evaluate(() => location.reload());
    await panel.waitForText('Nova costs nothing until you go on');
    await world.nothingRuns();
    await world.type(panel, `What grows on corals, part ${world.asked.length}?`);
    return panel;
  },
  /** The maker makes her wait, and the reader has asked already. */
  async connecting(world: World, open: () => Promise<View>) {
    const { knobs, running } = world.vendor;
    knobs.waitsAt = 'connected';
    const panel = await open();
    await until('the maker to be called', () => running().includes('peer'));
    await world.say(panel, `Who wrote about corals, part ${world.asked.length}?`);
    return panel;
  },
  async 'live idle'(world: World, open: () => Promise<View>) {
    const panel = await open();
    await panel.waitForText(there);
    await world.say(panel, `What does this page say about corals, part ${world.asked.length}?`);
    await panel.waitForText('Speaking');
    await panel.press('Escape');
    await panel.waitForText(/Reading with you|Listening/u);
    return panel;
  },
  async 'live speaking'(world: World, open: () => Promise<View>) {
    const panel = await open();
    await panel.waitForText(there);
    await world.say(panel, `Tell me a long story about corals, part ${world.asked.length}.`);
    await panel.waitForText('Speaking');
    return panel;
  },
  /** The microphone is open, and one question was spoken into it. */
  async 'live listening'(world: World, open: () => Promise<View>) {
    const { browser, vendor, asked } = world;
    await browser.setMicrophone('granted');
    const panel = await open();
    await panel.waitForText(there);
    const heard = () => vendor.told.filter(({ what }) => what === 'heard').length;
    const before = heard();
    const question = `What lives among corals, part ${asked.length}?`;
    vendor.knobs.recognises = question;
    asked.push(question);
    // As by voice control, which holds nothing: it stays open.
    await panel.evaluate(() => document.querySelector<HTMLElement>('.microphone')?.click());
    await world.microphone.speakInto(panel);
    await until('the maker to have heard', () => heard() > before);
    vendor.knobs.recognises = null;
    await panel.waitForText(question);
    expect(await browser.liveTracks()).toBe(1);
    return panel;
  },
};

export type Situation = keyof typeof situations;
