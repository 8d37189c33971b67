import { expect, test } from 'vitest';
import { ask, readWithVis } from './reading';
import { inBothBrowsers } from './stories';
import { until } from './until';

const question = 'Who kept count in an exercise book?';

/** Runs in the panel: whether these words stand in the talk no more. */
function gone(words: string): boolean {
  return document.querySelector('[role=log]')?.textContent.includes(words) === false;
}

inBothBrowsers('talking', (stage) => {
  test('↑ brings the last question back to be asked in other words', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await ask(panel, question);
    await panel.clickOn('textbox', 'Your question');
    await panel.press('ArrowUp');
    expect((await panel.find('textbox', 'Your question')).value).toBe(question);
    await panel.press('Control+a');
    await panel.press('Backspace');
  });

  test('a deleted message is gone, and the others stay', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    const question = 'How many names are on the board?';
    await ask(panel, question);
    await panel.evaluate(() => document.querySelector('[role=log]')?.scrollTo(0, 0));
    await panel.clickOn('button', 'Delete');
    await panel.waitFor('the greeting to go', gone, 'Hello, I am Vis');
    expect(await panel.text()).toContain(question);
  });

  test('a new conversation begins empty, with a greeting', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await ask(panel, question);
    await panel.clickOn('button', 'Menu');
    await panel.clickOn('button', 'New conversation');
    await panel.waitFor('the question to go', gone, question);
    await panel.waitForText('I see you are on “The Wall That Breathes”');
  });

  test('a voice made faster in the settings holds at once, and the talk goes on', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await ask(panel, question);
    const options = await browser.open(`${browser.origin}/options.html`);
    // The page may still move while it looks for voices; who misses the slider tries again.
    await until('the speed to change', async () => {
      await options.clickOn('slider', 'Speed');
      return (await options.find('slider', 'Speed')).value !== '1';
    });
    await options.waitForText('Saved');
    await options.close();
    expect(await panel.text()).toContain(question);
    expect(await panel.has('button', 'Wake Vis')).toBe(false);
    await browser.open(`${site.origin}/reef`);
    await browser.clickToolbar();
    await panel.find('button', `${new URL(site.origin).host} Whole page`);
    expect(await ask(panel, 'How many names are on the board?')).toContain('forty-four');
  });

  test('one click stops sharing the page, and one click takes that back', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    const { host } = new URL(site.origin);
    await panel.clickOn('button', 'Stop sharing this page');
    await panel.find('button', `${host} Nothing`);
    await panel.waitForText('I no longer look at');
    await panel.clickOn('button', 'Undo');
    await panel.find('button', `${host} Whole page`);
    expect(await ask(panel, 'What is bleaching?')).toContain('an eviction');

    await panel.clickOn('button', 'Stop sharing this page');
    await panel.find('button', `${host} Nothing`);
    expect(await ask(panel, 'Who is Teodora Quill?')).toContain('I see no page');
  });
});
