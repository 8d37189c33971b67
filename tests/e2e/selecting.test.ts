import { expect, test } from 'vitest';
import { hasDesktop } from './desktop';
import { answerTo, readWithVis, selectWords } from './reading';
import { inBothBrowsers } from './stories';

const words = 'most of the Wall turned white';

inBothBrowsers(
  'selecting',
  (stage) => {
    test.skipIf(!hasDesktop)(
      'the menu on selected words brings them into the panel, and the answer is about them',
      async () => {
        const { browser, site } = stage();
        if (browser.name === 'firefox') await browser.closePanel();
        const page = await browser.open(`${site.origin}/reef`);
        const { x, y } = await selectWords(page, words);
        await browser.chooseFromMenu(page, x, y, /^Ask avatar about “/u);
        const panel = await browser.panel();
        await panel.find('region', 'The words you selected');
        expect((await panel.find('blockquote')).text).toContain(words);
        await panel.waitForText('I am Vis, an AI');
        await panel.clickOn('button', 'Summarise');
        expect(await answerTo(panel, 'Summarise the selected words.')).toContain(words);
      },
    );

    test('words selected while the panel is open are quoted there, and let go when dismissed', async () => {
      const { browser, site } = stage();
      const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
      await selectWords(page, 'a bag of jelly');
      await panel.waitForText('a bag of jelly');
      expect((await panel.find('blockquote')).text).toBe('a bag of jelly');
      await panel.clickOn('button', 'Dismiss');
      await panel.waitFor('the words to go', () => document.querySelector('blockquote') === null);
    });

    test('words on a page of a strict policy are quoted too', async () => {
      const { browser, site } = stage();
      const { page, panel } = await readWithVis(browser, `${site.origin}/strict/reef`);
      await selectWords(page, 'six thousand fingers');
      await panel.waitForText('six thousand fingers');
    });
  },
  hasDesktop ? { show: 'desktop' } : {},
);
