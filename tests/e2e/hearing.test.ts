import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMakers, type DemoMakers } from '../demo/makers';
import { startSite, type Site } from '../demo/server';
import { soundOf } from '../emulators/media/kept';
import { compare } from '../sound/likeness';
import { join } from '../sound/noise';
import { amplitude } from '../unit/emulators/hearing';
import { spoken } from '../sound/spoken';
import { chromium, firefox } from './browsers';
import type { Chromium } from './chromium';
import type { Firefox } from './firefox';
import { leave, nameBroker, switchOn, talkTo } from './makers';
import { seconds, startMicrophone, type FakeMicrophone } from './microphones';
import { silenceIn, soundIn } from './senses';
import { until } from './until';
import { hasSound, startSound, type Sound } from './voices';

/** What the emulated makers understand, whatever was said. */
const understood = 'what is this page about';
const sentence = spoken('fish');

/** What each is to get: blocks of a stretch of speech, or a track that also carries the silence. */
const avatars = [
  { name: 'Mina', vendor: 'perso', rate: 16_000, gets: 'blocks' },
  { name: 'Sage', vendor: 'inworld', rate: 16_000, gets: 'blocks' },
  { name: 'Nova', vendor: 'soul-machines', rate: 48_000, gets: 'track' },
] as const;

describe('an avatar hears what is said into the microphone', () => {
  let browser: Chromium;
  let microphone: FakeMicrophone;
  let site: Site;
  let demo: DemoMakers;
  const told = (vendor: (typeof avatars)[number]['vendor'], wanted: string) =>
    (demo.makers.get(vendor)?.told ?? []).filter(({ what }) => what === wanted);

  beforeAll(async () => {
    site = await startSite();
    demo = await startMakers();
    Object.assign(demo.makers.get('soul-machines')?.knobs ?? {}, { recognises: understood });
    microphone = await startMicrophone();
    browser = await chromium({ args: microphone.args });
    await browser.setMicrophone('granted');
    await nameBroker(browser, demo.broker.address);
  });
  afterEach(() => leave(browser, demo));
  afterAll(async () => {
    await browser?.close();
    await microphone?.close();
    await demo?.close();
    await site?.close();
  });

  test.each(avatars)(
    '$name of $vendor: an open microphone finds the sentence, sends all of it and nothing else, and it is answered',
    async ({ name, vendor, rate, gets }) => {
      await microphone.bring(join(seconds(2), sentence));
      const panel = await talkTo(browser, name, `${site.origin}/reef`);
      await silenceIn(panel);
      await switchOn(browser, panel);
      await panel.waitForText('Hearing you');
      const heard = await until(`${name} to hear`, () =>
        soundOf(told(vendor, 'heard').at(-1)?.body),
      );
      const { duration, spectrum, besides } = compare(heard, sentence);
      expect(heard.rate).toBe(rate);
      expect(Math.abs(duration - 1)).toBeLessThan(0.05);
      expect(spectrum).toBeGreaterThan(0.9);
      // A breath before it, and the silence by which its end is known.
      if (gets === 'blocks') expect(besides).toBeLessThan(2);
      await panel.waitForText(new RegExp(understood, 'iu'));
      await soundIn(panel);
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

  test('out of sight it is off, and says so when it can be seen again', async () => {
    await microphone.bring(join(seconds(1), sentence, sentence, sentence));
    const panel = await talkTo(browser, 'Mina', `${site.origin}/reef`);
    await switchOn(browser, panel);
    await panel.waitForText('Hearing you');
    await panel.evaluate(beHidden, true);
    await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
    await panel.evaluate(beHidden, false);
    await panel.waitForText('could not see me');
  });

  test('of two windows that want it one has it: where the avatar is called to, the other lets go', async () => {
    await microphone.bring(seconds(0));
    const first = await talkTo(browser, 'Mina', `${site.origin}/reef`);
    await switchOn(browser, first);
    await browser.openWindow(`${site.origin}/reef`);
    await browser.clickToolbar();
    const second = await browser.panel();
    await second.clickOn('button', 'Bring me here');
    await first.waitForText('I am awake in your other window.');
    await until('the microphone to be off', async () => (await browser.liveTracks()) === 0);
    await switchOn(browser, second);
    expect(await first.text()).not.toContain('Stop listening');
    await second.clickOn('button', 'Stop listening');
  });
});

// Its fake device brings a steady tone, and no file; its audio starts only with a sound system.
describe.runIf(hasSound)('in the sidebar of Firefox', () => {
  let browser: Firefox;
  let site: Site;
  let demo: DemoMakers;
  let sound: Sound;

  beforeAll(async () => {
    site = await startSite();
    demo = await startMakers();
    sound = await startSound();
    browser = await firefox({ env: sound.env });
    await browser.setMicrophone('granted');
    await nameBroker(browser, demo.broker.address);
  });
  afterEach(() => leave(browser, demo));
  afterAll(async () => {
    await browser?.close();
    await sound?.close();
    await demo?.close();
    await site?.close();
  });

  test.each(avatars.filter(({ gets }) => gets === 'blocks'))(
    '$name of $vendor: what the held microphone brings arrives, at the right rate and pitch',
    async ({ name, vendor, rate }) => {
      const panel = await talkTo(browser, name, `${site.origin}/reef`);
      const { x, y } = await panel.find('button', 'Hold to talk');
      await panel.hold({ x, y }, async () => {
        await panel.waitForText('Hearing you');
        expect(await browser.liveTracks()).toBe(1);
        // Long enough to be measured: a second of the microphone's own clock.
        await panel.waitFor('a second', secondsHeard);
      });
      const heard = await until(`${name} to hear`, () =>
        soundOf(demo.makers.get(vendor)?.told.findLast(({ what }) => what === 'heard')?.body),
      );
      expect(heard.rate).toBe(rate);
      expect(heard.pcm.length / rate).toBeGreaterThan(1);
      const pitches = [tone / 2, tone * 0.9, tone, tone * 1.1, tone * 2];
      const loudness = pitches.map((hertz) => amplitude(heard.pcm, rate, hertz));
      expect(loudness.indexOf(Math.max(...loudness))).toBe(2);
      expect(loudness[2]).toBeGreaterThan(100);
      await panel.waitForText(new RegExp(understood, 'iu'));
    },
  );
});

/** Of Firefox's fake device, Hz: `media.navigator.audio.fake_frequency`. */
const tone = 1_000;

/** Runs in a document: whether a second has gone by since it was first asked. */
function secondsHeard(): boolean {
  globalThis.visavisSince ??= performance.now();
  return performance.now() - globalThis.visavisSince > 1000;
}

/** Runs in a document: the browser hides it, or shows it again. */
function beHidden(is: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: is });
  document.dispatchEvent(new Event('visibilitychange'));
}

declare global {
  var visavisSince: number | undefined;
}
