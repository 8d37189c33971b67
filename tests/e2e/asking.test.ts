import { expect, test } from 'vitest';
import { answerTo, ask, highlighted, readWithVis } from './reading';
import { inBothBrowsers } from './stories';
import { until } from './until';

inBothBrowsers('asking', (stage) => {
  test('an answer quotes a sentence of the page, and a click on its mark lights that sentence up', async () => {
    const { browser, site } = stage();
    const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
    const answer = await ask(panel, 'How many names are on the board?');
    const quoted = /“(?<sentence>The rule[^”]+)”/u.exec(answer)?.groups?.['sentence'] ?? '';
    const words = await page.evaluate(() => document.body.innerText.replace(/\s+/gu, ' '));
    expect(quoted).toContain('forty-four names');
    expect(words).toContain(quoted);

    await panel.clickOn('button', 'Show sentence 1 on the page');
    await until('the sentence to light up', async () => (await highlighted(page)).length > 0);
    expect((await highlighted(page)).join(' ')).toBe(quoted);
  });

  test('a change of address without a load is noticed: the next answer is about the new chapter', async () => {
    const { browser, site } = stage();
    const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
    await page.clickOn('link', /Next chapter/u);
    await page.waitForText('At dusk the Wall changes hands.');
    const answer = await ask(panel, 'What do divers carry?');
    expect(answer).toContain('red lamps');
    expect(await panel.text()).toContain('The Night Shift\n');
  });

  test('a page is read as it is when it is asked about, not as it was while that was typed', async () => {
    const { browser, site } = stage();
    const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
    const question = 'How many zorbles live under the pier?';
    await panel.typeInto('textbox', 'Your question', question);
    await page.evaluate(() => {
      const added = document.createElement('p');
      added.textContent = 'Exactly forty-one zorbles live under the pier of Sainte-Aube.';
      document.querySelector('.opening')?.before(added);
    });
    await panel.press('Enter');
    expect(await answerTo(panel, question)).toContain('forty-one zorbles');
  });

  test('where the page does not say, Vis says so', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    expect(await ask(panel, 'Who won the chess championship?')).toMatch(/does not|nothing|no /u);
  });
});
