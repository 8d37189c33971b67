import { expect, test } from 'vitest';
import { answerTo, ask, readWithVis } from './reading';
import { inBothBrowsers } from './stories';

inBothBrowsers('surviving', (stage) => {
  test('a background that dies between question and answer is not missed', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await panel.typeInto('textbox', 'Your question', 'Who kept count in an exercise book?');
    await panel.press('Enter');
    await browser.killBackground();
    expect(await answerTo(panel, 'Who kept count in an exercise book?')).toContain('Teodora Quill');

    // Nor later: the button wakes it, and it finds its way back into the panel.
    await browser.killBackground();
    await browser.open(`${site.origin}/chinese.html`);
    await browser.clickToolbar();
    await panel.find('button', new RegExp(`^${new URL(site.origin).host} `, 'u'));
  });

  test('what was said and what was typed come back after the browser was quit', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    const answer = await ask(panel, 'What is bleaching?');
    await panel.typeInto('textbox', 'Your question', 'And then I wanted to');
    // What is typed is kept four times a second, and at once when the panel goes.
    await browser.closePanel();
    await browser.restart();
    const { panel: later } = await readWithVis(browser, `${site.origin}/reef`);
    expect(await later.waitForText('What is bleaching?')).toContain(answer.slice(0, 40));
    expect((await later.find('textbox', 'Your question')).value).toBe('And then I wanted to');
  });

  test('five megabytes of page are answered about', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/huge`);
    expect(await ask(panel, 'How many herons did the keeper count?')).toContain('forty-one herons');
  });

  test('a page that fights its reader tells it what can be seen, and nothing else', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/hostile.html`);
    expect(await ask(panel, 'How many hammers did Fenn own?')).toContain('seven hammers');
    await panel.clickOn('button', /Whole page$/u);
    await panel.clickOn('button', /See exactly what a question takes along/u);
    const sent = await panel.waitForText('The clockmaker’s window');
    for (const secret of ['SECRET', 'HIDDEN', 'FORGED', 'gold watches'.toUpperCase()]) {
      expect(sent).not.toContain(secret);
    }
  });
});
