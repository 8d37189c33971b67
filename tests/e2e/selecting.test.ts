import { expect, test } from 'vitest';
import { hasDesktop } from './desktop';
import { ask, inBothBrowsers, readWithVis, selectWords } from './stories';

const words = 'most of the Wall turned white';

inBothBrowsers(
  'selecting',
  (stage) => {
    test('the menu on selected words brings them into the panel, and the answer is about them', async () => {
      const { browser, site } = stage();
      if (browser.name === 'chromium' && !hasDesktop) return;
      if (browser.name === 'firefox') await browser.closePanel();
      const page = await browser.open(`${site.origin}/reef`);
      const { x, y } = await selectWords(page, words);
      await browser.chooseFromMenu(page, x, y, /^Ask avatar about “/u);
      const panel = await browser.panel();
      await panel.find('region', 'The words you selected');
      expect((await panel.find('blockquote')).text).toContain(words);
      expect(await ask(panel, 'What does this mean?')).toContain(words);
    });

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
      await selectWords(page, 'a handshake, not a reef');
      await panel.waitForText('a handshake, not a reef');
    });
  },
  hasDesktop ? { show: 'desktop' } : {},
);
