import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMakers, type DemoMakers } from '../demo/makers';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Driver } from './driver';
import { choose, nameBroker } from './makers';
import { selectWords } from './reading';
import { lendEar, picturesIn, silenceIn, soundIn } from './senses';
import { until } from './until';
import type { View } from './view';
import { hasVoices, startVoices, type Voices } from './voices';

/** Each with its emulated maker, by the name the demonstration broker gives it. */
const avatars = [
  { name: 'Nova', vendor: 'soul-machines', hasFace: true, chosenIn: 'options' },
  { name: 'Mina', vendor: 'perso', hasFace: true, chosenIn: 'picker' },
  { name: 'Sage', vendor: 'inworld', hasFace: false, chosenIn: 'picker' },
] as const;

const words = 'a bag of jelly';

describe.each(browsers)('avatars of other makers in $name', ({ name: program, launch }) => {
  let browser: Driver;
  let site: Site;
  let demo: DemoMakers;
  let sound: Voices | undefined;

  beforeAll(async () => {
    site = await startSite();
    demo = await startMakers();
    // Firefox plays nothing where nothing could be heard.
    if (program === 'firefox' && hasVoices) sound = await startVoices();
    browser = await launch({ env: sound?.env ?? {} });
    await nameBroker(browser, demo.broker.address);
  });
  afterEach(async () => {
    for (const [maker, { unknown }] of demo.makers) expect([maker, unknown]).toEqual([maker, []]);
    expect(await browser.errors()).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await sound?.close();
    await demo?.close();
    await site?.close();
  });

  test.each(avatars)(
    '$name of $vendor is seen and heard, knows the page, falls silent and leaves nothing behind',
    async ({ name, vendor, hasFace, chosenIn }) => {
      const emulator = demo.makers.get(vendor);
      const options = chosenIn === 'options' ? await choose(browser, name) : null;
      const page = await browser.open(`${site.origin}/reef`);
      await browser.clickToolbar();
      const panel = await browser.panel();
      await lendEar(panel);
      if (chosenIn === 'picker') await pick(panel, name);
      await panel.find('heading', new RegExp(`^${name}`, 'u'));
      await options?.close();
      if (name === avatars[0].name) await panel.clickOn('button', `Talk to ${name}`);
      await panel.waitForText(/Reading with you|Listening|Speaking/u);
      if (hasFace) {
        const before = await until('the first picture', () => picturesIn(panel));
        await until('more pictures', async () => (await picturesIn(panel)) > before + 5);
      }

      await selectWords(page, words);
      await panel.waitForText(words);
      await panel.typeInto('textbox', 'Your question', 'What does this page say about corals?');
      await panel.press('Enter');
      await soundIn(panel);
      if (!hasFace) await until('the mouth to open', async () => mouthIsOpen(panel));
      await panel.waitFor('captions', () => document.querySelector('.captions b')?.textContent);
      await panel.waitForText(/The Wall That Breathes[\s\S]*The Wall That Breathes/u);
      const told = JSON.stringify(emulator?.told);
      expect(told).toContain('The Wall That Breathes');
      expect(told).toContain(words);

      // Whatever it is saying then.
      await panel.typeInto('textbox', 'Your question', 'Tell me a long story about corals.');
      await panel.press('Enter');
      await soundIn(panel);
      await panel.press('Escape');
      await silenceIn(panel);

      await browser.closePanel();
      await until(`${vendor} to see the end`, () => emulator?.running().length === 0);
      // Nothing that a closing sidebar of Firefox sends or stores arrives, and nobody is told of
      // it: there the broker learns with the next session, or as nobody renews this one.
      const left = browser.name === 'firefox' ? 1 : 0;
      await until('the broker to be told', async () => (await demo.broker.live()).length <= left);
      await page.close();
    },
  );

  test('one that has no time says so, and Vis stands in with the conversation so far', async () => {
    const maker = demo.makers.get('soul-machines');
    Object.assign(maker?.knobs ?? {}, { refuseAt: { stage: 'open', reason: 'noScene' } });
    const page = await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await pick(panel, 'Nova');
    await panel.waitForText('taken right now');
    await panel.find('button', 'Try again');

    await panel.clickOn('button', 'Talk to Vis meanwhile');
    await panel.find('heading', /^Vis/u);
    expect(await panel.waitForText('I stand in for Nova')).toContain('a long story about corals');

    await maker?.reset();
    await panel.clickOn('button', 'Back to Nova');
    await panel.find('heading', /^Nova/u);
    await panel.waitForText(/Reading with you|Listening|Speaking/u);
    await browser.closePanel();
    await page.close();
  });
});

/** In the panel, once whoever was there before is back: an open menu closes when the focus moves. */
async function pick(panel: View, name: string): Promise<void> {
  await panel.waitForText(/Reading with you|Listening|Speaking/u);
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', /^Whom to talk to/u);
  await panel.clickOn('button', new RegExp(`^${name} `, 'u'));
}

async function mouthIsOpen(panel: View): Promise<boolean> {
  return panel.evaluate(() => {
    const mouth = document.querySelector<SVGPathElement>('[data-part="mouth"]');
    return (mouth?.getBBox().height ?? 0) > 6;
  });
}
