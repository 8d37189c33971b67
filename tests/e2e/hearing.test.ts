import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { soundOf } from '../emulators/media/kept';
import { edges } from '../sound/espeak';
import { join } from '../sound/noise';
import { bands, correlation } from '../sound/spectrum';
import { spoken } from '../sound/spoken';
import { chromium } from './browsers';
import type { Chromium } from './chromium';
import { startMakers, talkTo, type Makers } from './makers';
import { microphonePlaying, seconds } from './microphones';
import { silenceIn, soundIn } from './senses';
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
  let makers: Makers;

  beforeAll(async () => {
    site = await startSite();
    makers = await startMakers();
    browser = await chromium({
      args: await microphonePlaying(join(seconds(2), sentence, seconds(60))),
    });
    await browser.setMicrophone('granted');
    await makers.introduce(browser);
  });
  afterEach(async () => {
    expect(makers.unknown()).toEqual([]);
    expect(await browser.errors()).toEqual([]);
    await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
    await browser.closePanel();
  });
  afterAll(async () => {
    await browser?.close();
    await makers?.close();
    await site?.close();
  });

  /** As the shortcut and a screen reader do it: on until it is switched off. */
  const switchOn = (panel: View) =>
    panel.evaluate(() => document.querySelector<HTMLButtonElement>('.microphone')?.click());

  test.each(avatars)(
    '$name of $vendor: an open microphone finds the sentence, sends all of it and nothing else, and it is answered',
    async ({ name, vendor, rate }) => {
      const panel = await talkTo(browser, name, `${site.origin}/reef`);
      await silenceIn(panel);
      await switchOn(panel);
      await panel.waitForText('Hearing you');
      const { body } = await until('the maker to hear', () =>
        makers.of(vendor).told.findLast(({ what, body }) => what === 'heard' && soundOf(body)),
      );
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
    },
  );

  test('the space bar held: it listens while it is held, cuts in at once, and is off after', async () => {
    const panel = await talkTo(browser, 'Mina', `${site.origin}/reef`);
    await panel.typeInto('textbox', 'Your question', 'Tell me a long story about corals.');
    await panel.press('Enter');
    await soundIn(panel);
    // Anywhere but in a field.
    await panel.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await panel.hold(' ', async () => {
      await panel.waitForText('Hearing you');
      await silenceIn(panel);
      expect(await browser.liveTracks()).toBe(1);
    });
    await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
    expect(await panel.text()).not.toContain('Stop listening');
  });

  test('the leave taken back while it listens: it is off, says so, and typing still works', async () => {
    const panel = await talkTo(browser, 'Mina', `${site.origin}/reef`);
    await switchOn(panel);
    await panel.find('button', 'Stop listening');
    await browser.setMicrophone('denied');
    try {
      await panel.waitForText('was taken back');
      expect(await browser.liveTracks()).toBe(0);
      await panel.find('button', 'How to allow it');
      await panel.typeInto('textbox', 'Your question', 'What is bleaching?');
      await panel.press('Enter');
      await soundIn(panel);
      await panel.press('Escape');
    } finally {
      await browser.setMicrophone('granted');
    }
  });
});
