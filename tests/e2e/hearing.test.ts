import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startDemoBroker, type DemoBroker } from '../demo/broker';
import { startSite, type Site } from '../demo/server';
import type { Emulator } from '../emulators/emulator';
import { soundOf } from '../emulators/media/kept';
import { startEmulator } from '../emulators/start';
import { edges } from '../sound/espeak';
import { join } from '../sound/noise';
import { bands, correlation } from '../sound/spectrum';
import { spoken } from '../sound/spoken';
import { chromium } from './browsers';
import type { Chromium } from './chromium';
import { microphonePlaying, seconds } from './microphones';
import { lendEar, silenceIn } from './senses';
import { until } from './until';
import type { View } from './view';

/** What the emulated makers understand, whatever was said. */
const understood = 'what is this page about';
const sentence = spoken('fish');

const avatars = [
  { name: 'Mina', vendor: 'perso', rate: 16_000 },
  { name: 'Sage', vendor: 'inworld', rate: 16_000 },
] as const;

describe('an avatar hears what is said into the microphone', () => {
  let browser: Chromium;
  let site: Site;
  let broker: DemoBroker;
  const vendors = new Map<string, Emulator>();

  beforeAll(async () => {
    site = await startSite();
    for (const vendor of ['soul-machines', 'perso', 'inworld'] as const) {
      vendors.set(vendor, await startEmulator(vendor));
    }
    const at = (vendor: string) => vendors.get(vendor)?.address ?? '';
    broker = await startDemoBroker({
      inworld: at('inworld'),
      perso: at('perso'),
      soulMachines: at('soul-machines'),
    });
    browser = await chromium({
      args: await microphonePlaying(join(seconds(2), sentence, seconds(60))),
    });
    await browser.setMicrophone('granted');
    await browser.grantHosts('http://127.0.0.1/*');
    const options = await browser.open(`${browser.origin}/options.html`);
    await options.typeInto('textbox', 'Address of the service', broker.address);
    await options.clickOn('button', 'Connect');
    await options.find('radio', /^Nova/u);
    await options.close();
  });
  afterEach(async () => {
    for (const [vendor, { unknown }] of vendors) expect([vendor, unknown]).toEqual([vendor, []]);
    expect(await browser.errors()).toEqual([]);
    await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
  });
  afterAll(async () => {
    await browser?.close();
    for (const vendor of vendors.values()) await vendor.close();
    await broker?.close();
    await site?.close();
  });

  async function talkTo(name: string): Promise<View> {
    await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await lendEar(panel);
    const options = await browser.open(`${browser.origin}/options.html`);
    await options.clickOn('radio', new RegExp(`^${name}`, 'u'));
    await panel.find('heading', new RegExp(`^${name}`, 'u'));
    await options.close();
    await until('the avatar', async () => {
      if (await panel.has('button', `Talk to ${name}`)) {
        await panel.clickOn('button', `Talk to ${name}`);
      }
      return /Reading with you|Listening|Speaking/u.test(await panel.text());
    });
    return panel;
  }

  const heardBy = (vendor: string) =>
    until('the maker to hear', () =>
      vendors.get(vendor)?.told.findLast(({ what, body }) => what === 'heard' && soundOf(body)),
    );

  test.each(avatars)(
    '$name of $vendor: an open microphone finds the sentence, sends all of it and nothing else, and it is answered',
    async ({ name, vendor, rate }) => {
      const panel = await talkTo(name);
      await panel.press('Escape');
      await silenceIn(panel);
      // As the shortcut does it: on until it is switched off.
      await panel.evaluate(() => document.querySelector<HTMLButtonElement>('.microphone')?.click());
      await panel.waitForText('Hearing you');
      const { body } = await heardBy(vendor);
      const heard = soundOf(body);
      if (!heard) throw new Error('Nothing was kept.');
      expect(heard.rate).toBe(rate);
      const samples = Float32Array.from(heard.pcm, (sample) => sample / 0x8000);
      const { from, to } = edges(samples, rate);
      const length = (to - from) / rate;
      expect(Math.abs(length / (sentence.length / 16_000) - 1)).toBeLessThan(0.05);
      const like = correlation(bands(samples.subarray(from, to), rate), bands(sentence, 16_000));
      expect(like).toBeGreaterThan(0.9);
      // A sentence, with a breath before it and the silence by which its end is known.
      expect(samples.length / rate - length).toBeLessThan(1.8);
      await panel.waitForText(new RegExp(understood, 'iu'));
      await panel.clickOn('button', 'Stop listening');
      await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
      await browser.closePanel();
    },
  );
});
