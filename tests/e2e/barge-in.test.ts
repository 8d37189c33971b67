import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMakers, type DemoMakers } from '../demo/makers';
import { startSite, type Site } from '../demo/server';
import { soundOf } from '../emulators/media/kept';
import { compare } from '../sound/likeness';
import { loud } from '../sound/noise';
import { spoken } from '../sound/spoken';
import { chromium } from './browsers';
import type { Chromium } from './chromium';
import { leave, listenThroughout, nameBroker, switchOn, talkTo } from './makers';
import { sayInRoom, standInRoom } from './room';
import { silenceIn, soundIn } from './senses';
import { until } from './until';
import type { View } from './view';

const sentence = loud(spoken('fish'), -14);
const avatars = [
  // Captions go by sentences or by words.
  { name: 'Mina', vendor: 'perso', more: 1 },
  { name: 'Sage', vendor: 'inworld', more: 6 },
  { name: 'Nova', vendor: 'soul-machines', more: 6 },
] as const;

/* In a room without any echo cancelling: the microphone hears what the panel plays, and the reader. */
describe('an avatar that hears itself', () => {
  let browser: Chromium;
  let site: Site;
  let demo: DemoMakers;

  beforeAll(async () => {
    site = await startSite();
    demo = await startMakers();
    browser = await chromium();
    await browser.setMicrophone('granted');
    await nameBroker(browser, demo.broker.address);
  });
  afterEach(() => leave(browser, demo));
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
    await site?.close();
  });

  async function askForMuch(panel: View): Promise<void> {
    await panel.typeInto('textbox', 'Your question', 'Tell me a long story about corals.');
    await panel.press('Enter');
    await soundIn(panel);
  }

  test('is not heard while it speaks, and cannot be cut in on but by Esc', async () => {
    const panel = await talkTo(browser, 'Mina', `${site.origin}/reef`);
    await standInRoom(panel, 0.2);
    await switchOn(browser, panel);
    await askForMuch(panel);
    await panel.waitFor('it to be deaf', stateIs, 'deaf');
    await sayInRoom(panel, sentence);
    await panel.waitFor('more of the answer', hasSaid, 1);
    expect(await panel.evaluate(stateIs, 'deaf')).toBe(true);
    await panel.press('Escape');
    await silenceIn(panel);
    await panel.waitFor('it to hear again', stateIs, 'ready');
    await panel.clickOn('button', 'Stop listening');
  });

  test.each(avatars)(
    '$name of $vendor is not cut short by that where it listens all the same; by the reader it is',
    async ({ name, vendor, more }) => {
      const panel = await talkTo(browser, name, `${site.origin}/reef`);
      await listenThroughout(browser);
      await standInRoom(panel, 0.2);
      await switchOn(browser, panel);
      const told = demo.makers.get(vendor)?.told ?? [];
      const before = told.length;
      await askForMuch(panel);
      await panel.evaluate(countHearing);
      await panel.waitFor('it to hear itself', hearsMore, 0.2);
      await panel.waitFor('more of the answer', hasSaid, more);
      expect(await panel.evaluate(timesHearing)).toBe(0);

      await sayInRoom(panel, sentence);
      await panel.waitFor('it to hear the reader', stateIs, 'hearing');
      await silenceIn(panel);
      expect(await panel.evaluate(timesHearing)).toBe(1);
      if (vendor !== 'soul-machines') {
        const { body } = await until('it to have heard', () =>
          told.slice(before).find(({ what }) => what === 'heard'),
        );
        // All of it, and maybe the end of what it was cut in on.
        const { duration } = compare(soundOf(body) ?? nothing, sentence);
        expect(duration).toBeGreaterThan(0.95);
      }
      await panel.clickOn('button', 'Stop listening');
    },
  );
});

const nothing = { pcm: new Int16Array(), rate: 16_000 };

/* What runs in the panel. */

function stateIs(wanted: string): boolean {
  return document.querySelector<HTMLElement>('.listening')?.dataset['state'] === wanted;
}

function hearsMore(than: number): boolean {
  const meter = document.querySelector<HTMLElement>('.meter');
  return Number(meter?.style.getPropertyValue('--level')) > than;
}

/** Whether it has come so much further since this was first asked. */
function hasSaid(steps: number): boolean {
  const now = document.querySelector('.captions b')?.textContent ?? '';
  globalThis.visavisSaid ??= new Set();
  if (now !== '') globalThis.visavisSaid.add(now);
  return globalThis.visavisSaid.size > steps;
}

/** From now on it is counted how often it hears somebody. */
function countHearing(): void {
  globalThis.visavisHearings = 0;
  let was: string | undefined;
  new MutationObserver(() => {
    const now = document.querySelector<HTMLElement>('.listening')?.dataset['state'];
    const before = globalThis.visavisHearings ?? 0;
    if (now === 'hearing' && was !== now) globalThis.visavisHearings = before + 1;
    was = now;
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

function timesHearing(): number {
  return globalThis.visavisHearings ?? 0;
}

declare global {
  var visavisHearings: number | undefined;
  var visavisSaid: Set<string> | undefined;
}
