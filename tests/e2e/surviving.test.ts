import { expect, test } from 'vitest';
import { questionsKept } from './faults/disk';
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

  test('a question that can be seen outlives the browser, and a deleted one that is gone does not', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    const question = 'How many names are on the board?';
    await panel.typeInto('textbox', 'Your question', question);
    const seen = panel.evaluate(untilSeen, question);
    await panel.press('Enter');
    expect(await seen).toBe('kept');
    await browser.kill();
    const { panel: second } = await readWithVis(browser, `${site.origin}/reef`);
    await second.waitForText(question);
    expect((await second.find('textbox', 'Your question')).value).toBe('');

    await second.evaluate(untilDeleted, question);
    await browser.kill();
    const { panel: third } = await readWithVis(browser, `${site.origin}/reef`);
    expect(await questionsKept(third)).not.toContain(question);
    expect(await third.text()).not.toContain(question);
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

/** Runs in the panel: whether a question was on the disk in the moment in which it was seen. */
function untilSeen(words: string): Promise<'kept' | 'not kept yet'> {
  let isKept = false;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function noted(this: IDBObjectStore, ...what) {
    const { transaction, name } = this;
    const kept = ({ target }: Event) => {
      isKept ||=
        target === transaction && name === 'messages' && JSON.stringify(what).includes(words);
    };
    // On its way down to those who wait for it.
    transaction.db.addEventListener('complete', kept, { capture: true });
    return Reflect.apply(put, this, what);
  };
  return new Promise((resolve) => {
    const look = () => {
      const log = document.querySelector('[role=log]');
      if (log?.textContent.includes(words)) resolve(isKept ? 'kept' : 'not kept yet');
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
}

/** Runs in the panel: presses the button below what was said, and waits until it is not seen any more. */
function untilDeleted(words: string): Promise<void> {
  const find = () =>
    [...document.querySelectorAll('.said')].find((one) => one.textContent.includes(words));
  return new Promise((resolve) => {
    const look = () => {
      if (!find()) resolve();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    [...(find()?.querySelectorAll('button') ?? [])].at(-1)?.click();
  });
}
