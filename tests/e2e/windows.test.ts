import { expect, test } from 'vitest';
import { ask, readWithVis } from './reading';
import { inBothBrowsers } from './stories';

inBothBrowsers('two windows', (stage) => {
  test('Vis is awake in one of them, comes to the other when called, and both show the same talk', async () => {
    const { browser, site } = stage();
    const { panel: first } = await readWithVis(browser, `${site.origin}/reef`);
    await ask(first, 'Who kept count in an exercise book?');

    await browser.openWindow(`${site.origin}/chinese.html`);
    await browser.clickToolbar();
    const second = await browser.panel();
    await second.waitForText('I am awake in your other window.');
    await second.waitForText('Who kept count in an exercise book?');

    await second.clickOn('button', 'Bring me here');
    await second.waitForText(/Reading with you|Listening/u);
    await first.waitForText('I am awake in your other window.');
    const answer = await ask(second, 'What is this page about?');
    expect(await first.waitForText(answer)).toContain('江边的桥');
  });
});
