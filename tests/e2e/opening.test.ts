import { expect, test } from 'vitest';
import { inBothBrowsers } from './stories';

inBothBrowsers('opening', (stage) => {
  test('a click on our button opens the panel, and Vis says hello, that it is an AI, and what page it sees', async () => {
    const { browser, site } = stage();
    if (browser.name === 'firefox') await browser.closePanel();
    await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await panel.waitForText(/I am Vis, an AI/u);
    await panel.find('img', /Portrait of Vis/u);
    await panel.find('button', new RegExp(`${new URL(site.origin).host} Whole page`, 'u'));
  });

  test('a later visitor is greeted with the page in front', async () => {
    const { browser, site } = stage();
    await browser.closePanel();
    await browser.open(`${site.origin}/chinese.html`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await panel.waitForText('The Wall That Breathes');
    await panel.waitForText(/Reading with you|Listening/u);
    await panel.clickOn('button', 'Menu');
    await panel.clickOn('button', 'New conversation');
    await panel.waitForText('I see you are on “江边的桥”');
  });

  test('a page nobody called Vis to stays unknown to it', async () => {
    const { browser, site } = stage();
    const panel = await browser.panel();
    await browser.open(`${site.otherOrigin}/arabic.html`);
    await panel.clickOn('button', /This page is not shared/u);
    await panel.waitForText('I cannot see this page, not even its address.');
    expect(await panel.text()).not.toContain('مكتبة');
  });
});
