import { expect, test } from 'vitest';
import { ask, readWithVis } from './reading';
import { inBothBrowsers } from './stories';

inBothBrowsers('out of the panel', (stage) => {
  test('Vis goes into a small window with the talk, and comes back', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await ask(panel, 'What is bleaching?');
    await panel.clickOn('button', 'Into a small window');
    await panel.waitForText(/Vis is in the small window\.|I am awake in your other window\./u);
    // In Chromium's side panel another window takes the session over.
    const isSameDocument = (await panel.text()).includes('Vis is in the small window.');
    expect(isSameDocument).toBe(browser.name === 'firefox');
    await panel.clickOn('button', isSameDocument ? 'Back into the panel' : 'Bring me here');
    await panel.waitForText(/Reading with you|Listening|Speaking/u);
    expect(await ask(panel, 'Who kept count in an exercise book?')).toContain('Teodora Quill');
  });
});
