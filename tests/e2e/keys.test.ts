import { test } from 'vitest';
import { hasDesktop } from './desktop';
import { inBothBrowsers } from './stories';

inBothBrowsers(
  'keys',
  (stage) => {
    test.skipIf(!hasDesktop)(
      'one opens the panel on the page, another stops the voice',
      async () => {
        const { browser, site } = stage();
        if (browser.name === 'firefox') await browser.closePanel();
        const page = await browser.open(`${site.origin}/reef`);
        await page.clickOn('heading', 'The Wall That Breathes');
        await browser.pressShortcut('Alt+Shift+V');
        const panel = await browser.panel();
        await panel.waitForText('I see you are on “The Wall That Breathes”.');
        await panel.waitForText('Speaking. Esc to stop.');
        await browser.pressShortcut('Alt+Shift+S');
        await panel.waitForText(/Reading with you|Listening/u);
        await panel.waitFor(
          'the caption to go',
          () => document.querySelector('.captions b') === null,
        );
      },
    );
  },
  hasDesktop ? { show: 'desktop' } : {},
);
