import { expect, test } from 'vitest';
import { answerTo, ask, readWithVis } from './reading';
import { inBothBrowsers } from './stories';

inBothBrowsers('moving', (stage) => {
  test('after a thousand changes of address the panel knows the last, and answers about it', async () => {
    const { browser, site } = stage();
    const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
    await page.evaluate(async () => {
      for (let number = 1; number < 1000; number += 1) {
        history.pushState(null, '', `/reef/night?step=${number}`);
        document.title = `Step ${number}`;
        // As fast as a page could ask for it, yet so that the browser has a turn now and then.
        if (number % 50 === 0) await new Promise((later) => setTimeout(later));
      }
      history.pushState(null, '', '/reef/names');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    const answer = await ask(panel, 'How many can still be matched to a depth?');
    expect(answer).toContain('Nineteen of the thirty');
    await panel.clickOn('button', /Whole page$/u);
    await panel.find('paragraph', 'The Names of Things');
    await panel.clickOn('button', /See exactly what a question takes along/u);
    await panel.waitForText(`${site.origin}/reef/names`);
    await panel.clickOn('button', 'Close');
  });

  test('a tab that is closed while it is read is answered without, and Vis says so', async () => {
    const { browser, site } = stage();
    const { page, panel } = await readWithVis(browser, `${site.origin}/reef`);
    // Busy with itself, it lets nobody read it; as long as closing it could take.
    await page.evaluate(() => {
      setTimeout(() => {
        const end = performance.now() + 6_000;
        while (performance.now() < end);
      });
    });
    await panel.typeInto('textbox', 'Your question', 'Is anybody there?');
    await panel.press('Enter');
    await panel.waitForText('Is anybody there?');
    await page.close();
    await panel.waitForText('That tab was closed while I was reading, so I answer without it.');
    expect(await answerTo(panel, 'Is anybody there?')).not.toBe('');
  });

  test('of a megabyte of selected words as many as fit are taken along, and answered about', async () => {
    const { browser, site } = stage();
    const { page, panel } = await readWithVis(browser, `${site.origin}/huge`);
    const selected = await page.evaluate(() => {
      const paragraphs = document.querySelectorAll('p');
      const [first, last] = [paragraphs[0], paragraphs[18_000]];
      if (!first || !last) return 0;
      getSelection()?.setBaseAndExtent(first, 0, last, 0);
      return getSelection()?.toString().length ?? 0;
    });
    expect(selected).toBeGreaterThan(1_000_000);
    await panel.find('blockquote', /^In survey 1,/u);
    expect((await panel.find('blockquote')).text.length).toBeLessThanOrEqual(2_000);
    await panel.clickOn('button', 'Summarise');
    expect(await answerTo(panel, 'Summarise the selected words.')).toContain('survey');
  });
});
