import { expect, test } from 'vitest';
import { fill, tenThousand } from '../tools/look/talks';
import { answerTo, ask, readWithVis } from './reading';
import { inBothBrowsers } from './stories';
import { placesKept } from './faults/disk';
import { until } from './until';
import type { View } from './view';

const openList = async (panel: View) => {
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', 'Conversations');
  await panel.find('searchbox', 'Search all that was said');
};

inBothBrowsers('conversations', (stage) => {
  test('one is named, pinned, looked for, gone on with, deleted and brought back', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await ask(panel, 'What is bleaching?');
    await panel.clickOn('button', 'Menu');
    await panel.clickOn('button', 'New conversation');
    await ask(panel, 'Who is Teodora Quill?');

    await openList(panel);
    await panel.clickOn('button', 'What to do with “What is bleaching?”');
    await panel.clickOn('button', 'Rename');
    await panel.find('textbox', 'Name of the conversation');
    await panel.type('Corals that lose their colour');
    await panel.press('Enter');
    await panel.clickOn('button', 'What to do with “Corals that lose their colour”');
    await panel.clickOn('button', 'Pin');
    await panel.waitForText('Pinned');

    await panel.typeInto('searchbox', 'Search all that was said', 'TEODORA');
    await panel.waitForText('In one conversation');
    await panel.press('Control+a');
    await panel.type('bleach');
    await panel.clickOn('button', /^Corals that lose their colour/u);
    await panel.waitForText('What is bleaching?');
    expect(await panel.text()).not.toContain('Who is Teodora Quill?');
    await ask(panel, 'How many names are on the board?');

    await openList(panel);
    await panel.clickOn('button', 'What to do with “Corals that lose their colour”');
    await panel.clickOn('button', 'Delete conversation');
    await panel.waitForText('Deleted “Corals that lose their colour”.');
    await panel.clickOn('button', 'Undo');
    await panel.clickOn('button', /^Corals that lose their colour/u);
    await panel.waitForText('How many names are on the board?');
    await panel.waitForText('What is bleaching?');
  });

  test('what was deleted in the instant the panel was closed stays deleted', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await panel.clickOn('button', 'Menu');
    await panel.clickOn('button', 'New conversation');
    await ask(panel, 'Who kept count in an exercise book?');
    await panel.press('Escape');
    await panel.waitForText(/Reading with you|Listening/u);
    // The click and the end of the page in one task: no database is that quick.
    await panel
      .evaluate(() => {
        const said = [...document.querySelectorAll('.said')].find((one) =>
          one.textContent?.includes('exercise book?'),
        );
        const remove = [...(said?.querySelectorAll('button') ?? [])].at(-1);
        remove?.click();
        window.close();
      })
      .catch(() => undefined);
    await browser.closePanel();
    await browser.clickToolbar();
    const again = await browser.panel();
    await again.waitForText('Teodora Quill');
    await again.find('button', 'Copy');
    expect(await again.text()).not.toContain('Who kept count in an exercise book?');
  });

  test('“until the browser is closed” leaves nothing on the disk, and erasing leaves nothing at all', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    const options = await browser.open(`${browser.origin}/options.html#data`);
    await options.clickOn('radio', /^Until the browser is closed/u);
    await options.waitForText('From now on it is so');
    await panel.clickOn('button', 'Menu');
    await panel.clickOn('button', 'New conversation');
    await panel.typeInto('textbox', 'Your question', 'Who kept count, zanzibar?');
    await panel.press('Enter');
    await answerTo(panel, 'Who kept count, zanzibar?');
    await panel.typeInto('textbox', 'Your question', 'zanzibar again');
    expect(await options.evaluate(whatLiesOnTheDisk)).not.toMatch(/zanzibar/iu);
    await browser.closePanel();
    await browser.clickToolbar();
    const again = await browser.panel();
    await again.waitForText('Who kept count, zanzibar?');

    await options.clickOn('radio', /^Until you delete them/u);
    await options.waitForText('From now on it is so');
    await options.waitFor('the talk on the disk', whatLiesOnTheDisk);
    expect(await options.evaluate(whatLiesOnTheDisk)).toMatch(/zanzibar/iu);
    await browser.closePanel();
    await options.clickOn('button', 'Erase everything…');
    await options.clickOn('button', 'Erase everything');
    await options.waitForText('as it was on its first day');
    expect(await options.evaluate(whatLiesOnTheDisk)).not.toMatch(
      /zanzibar|Quill|journal|glimpse/iu,
    );
    expect(await options.evaluate(whatIsInMemory)).not.toMatch(/zanzibar|Quill|transcript/iu);
  });

  test('the last conversation, the draft, the place and what a page may share are there when the panel is opened, also after the browser was killed', async () => {
    const { browser, site } = stage();
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await panel.clickOn('button', /Whole page$/u);
    await panel.clickOn('radio', /^Selection/u);
    await panel.clickOn('button', 'Close');
    await panel.find('button', /Selection$/u);
    await fill(panel, tenThousand());
    await openList(panel);
    await panel.clickOn('button', /^Conversation 199/u);
    await panel.waitFor('its end', () => {
      const log = document.querySelector('[role=log]');
      return log && log.querySelectorAll('.said').length > 50 && log.scrollTop > 1000;
    });
    // Up, into what is brought as it is needed.
    await panel.waitFor('what was said before', () => {
      const log = document.querySelector('[role=log]');
      if (!log) return false;
      if (log.querySelectorAll('.said').length < 150) log.scrollTop = 100;
      return log.querySelectorAll('.said').length >= 150;
    });
    await panel.evaluate(() => {
      const log = document.querySelector('[role=log]');
      log?.querySelectorAll('.said')[40]?.scrollIntoView({ block: 'start' });
    });
    await panel.typeInto('textbox', 'Your question', 'And then I wan');
    const top = (): string | undefined => {
      const log = document.querySelector('[role=log]');
      const edge = log?.getBoundingClientRect().top ?? 0;
      const first = [...(log?.querySelectorAll<HTMLElement>('.said') ?? [])].find(
        (said) => said.getBoundingClientRect().bottom > edge + 2,
      );
      return first?.dataset['id'];
    };
    const before = await panel.evaluate(top);
    await until('the place to be kept', () => placesKept(panel));
    for (const leave of [browser.closePanel, browser.kill]) {
      await leave();
      await browser.open(`${site.origin}/reef`);
      await browser.clickToolbar();
      const again = await browser.panel();
      await again.waitFor(
        'the place',
        (id) => {
          const said = document.querySelector(`[data-id="${id}"]`);
          const log = document.querySelector('[role=log]');
          if (!said || !log) return false;
          return Math.abs(said.getBoundingClientRect().top - log.getBoundingClientRect().top) < 200;
        },
        before ?? '',
      );
      expect(await again.evaluate(top)).toBe(before);
      expect((await again.find('textbox', 'Your question')).value).toBe('And then I wan');
      const host = new URL(site.origin).host;
      await again.find('button', new RegExp(`^${host} Selection$`, 'u'));
    }
  });
});

/** Whatever an extension's page can leave on the disk, as text. */
async function whatLiesOnTheDisk(): Promise<string> {
  const all: unknown[] = [
    Object.entries(localStorage),
    Object.entries(sessionStorage),
    await caches.keys(),
  ];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name ?? '');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('No database')));
    });
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).getAll();
      await new Promise((resolve) => {
        request.addEventListener('success', resolve);
      });
      all.push(request.result);
    }
    database.close();
  }
  const { storage } = (globalThis as unknown as { chrome: unknown }).chrome as {
    storage: Record<'local' | 'sync', { get(): Promise<unknown> }>;
  };
  all.push(await storage.local.get(), await storage.sync.get());
  return JSON.stringify(all);
}

async function whatIsInMemory(): Promise<string> {
  const { storage } = (globalThis as unknown as { chrome: unknown }).chrome as {
    storage: { session: { get(): Promise<unknown> } };
  };
  return JSON.stringify(await storage.session.get());
}
