import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMakers, type DemoMakers } from '../demo/makers';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Driver } from './driver';
import { choose, isThere, nameBroker, pick } from './makers';
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
      await panel.waitForText(isThere);
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
      await until('the broker to be told', async () => (await demo.broker.live()).length === 0);
      await page.close();
    },
  );

  test('who is reading is told to whom it is of use, and only once it is written down', async () => {
    const inworld = demo.makers.get('inworld');
    await inworld?.reset();
    const introductions = () =>
      (inworld?.told ?? [])
        .filter(({ what }) => what === 'socket control SESSION_CONFIGURATION')
        .map(({ body }) => JSON.stringify(body).match(/"userConfiguration":.*/u)?.[0] ?? 'nobody');
    const before = await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await pick(panel, 'Sage');
    await until('Sage to be told', async () => {
      // Alone, this story is the first to meet somebody from that service.
      if (await panel.has('button', 'Talk to Sage')) await panel.clickOn('button', 'Talk to Sage');
      return introductions().length === 1;
    });
    expect(introductions()).toEqual(['nobody']);
    await browser.closePanel();
    await until('Sage to see the end', () => inworld?.running().length === 0);

    const options = await browser.open(`${browser.origin}/options.html`);
    await options.typeInto('textbox', 'What they may call you', 'Ada');
    await options.clickOn('button', 'Add a line');
    await options.typeInto('textbox', 'What', 'level');
    await options.typeInto('textbox', 'Is', 'beginner');
    await options.waitFor('it to be kept', isKept, 'beginner');
    await options.close();
    const page = await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    await until('Sage to be told again', () => introductions().length === 2);
    expect(introductions()[1]).toMatch(/"name":"Ada".*"fieldId":"level","fieldValue":"beginner"/u);
    for (const maker of ['perso', 'soul-machines'] as const)
      expect(JSON.stringify(demo.makers.get(maker)?.told)).not.toMatch(/Ada|beginner/u);
    await browser.closePanel();
    await page.close();
    await before.close();
  });

  test('the service knows at once that a panel was closed', async () => {
    const page = await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await pick(panel, 'Sage');
    await until('a session', async () => {
      if (await panel.has('button', 'Talk to Sage')) await panel.clickOn('button', 'Talk to Sage');
      return (await demo.broker.live()).length === 1;
    });
    await panel.find('heading', /^Sage/u);
    await panel.waitForText(/Reading with you|Listening|Speaking/u);
    await browser.closePanel();
    await until('the broker to be told', async () => (await demo.broker.live()).length === 0);
    await page.close();
  });

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
    await panel.waitForText(isThere);
    await browser.closePanel();
    await page.close();
  });
});

/** Whether the settings hold those words by now. */
async function isKept(words: string): Promise<boolean> {
  const { storage } = (globalThis as unknown as { chrome: unknown }).chrome as {
    storage: { local: { get(): Promise<unknown> } };
  };
  return JSON.stringify(await storage.local.get()).includes(words);
}

async function mouthIsOpen(panel: View): Promise<boolean> {
  return panel.evaluate(() => {
    const mouth = document.querySelector<SVGPathElement>('[data-part="mouth"]');
    return (mouth?.getBBox().height ?? 0) > 6;
  });
}
