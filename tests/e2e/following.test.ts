import { test } from 'vitest';
import { hasDesktop } from './desktop';
import { readWithVis } from './reading';
import { inBothBrowsers } from './stories';

inBothBrowsers(
  'following',
  (stage) => {
    test.skipIf(!hasDesktop)(
      'who denies is not followed, who allows is, and who stops is left alone',
      async () => {
        const { browser, site } = stage();
        const { panel } = await readWithVis(browser, `${site.origin}/reef`);
        await panel.clickOn('button', /Whole page$/u);
        await panel.waitForText('Only when you ask.');

        await panel.clickOn('button', 'Follow on this site');
        await browser.answerPermission('deny');
        await panel.waitForText('Only when you ask.');

        await panel.clickOn('button', 'Follow on this site');
        await browser.answerPermission('allow');
        await panel.waitForText('I follow you on this site');

        // Another page of that site is known without a call; one of another site is not.
        await panel.clickOn('button', 'Close');
        await browser.open(`${site.origin}/arabic.html`);
        await panel.find('button', new RegExp(`^${new URL(site.origin).host} `, 'u'));
        await browser.open(`${site.otherOrigin}/chinese.html`);
        await panel.find('button', /This page is not shared/u);

        await browser.open(`${site.origin}/chinese.html`);
        await panel.clickOn('button', /Whole page$/u);
        await panel.clickOn('button', 'Stop following');
        await panel.waitForText(/Only when you ask|I cannot see this page/u);
      },
    );
  },
  hasDesktop ? { show: 'desktop' } : {},
);
