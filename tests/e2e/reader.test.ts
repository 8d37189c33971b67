import { afterAll, beforeAll, expect, test } from 'vitest';
import type { browser as Api } from 'wxt/browser';
import type { FrameReading } from '@/lib/messages';
import { startPages } from './reader-pages';
import { inBothBrowsers } from './stories';
import { until } from './until';
import type { View } from './view';

/** In the panel, where the functions below run. */
declare const chrome: typeof Api;

inBothBrowsers('reading', (stage) => {
  let pages: Awaited<ReturnType<typeof startPages>>;
  beforeAll(async () => {
    pages = await startPages();
  });
  afterAll(async () => pages.close());

  /** Opens a page and gives it to us by our button. */
  const open = async (path: string, origin = pages.origin) => {
    const { browser } = stage();
    const page = await browser.open(`${origin}${path}`);
    await browser.clickToolbar();
    const panel = await browser.panel();
    await panel.waitFor(
      'the page to be ours to read',
      async (url) => {
        const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
        return tab?.url === url;
      },
      `${origin}${path}`,
    );
    return { page, panel };
  };

  test('everything that can be seen is read, and nothing else', async () => {
    const { panel } = await open('/hidden');
    const { words, language } = await read(panel);
    expect(words).not.toContain('HIDDEN');
    expect(words.match(/(?<=SEEN ).+/gu)).toEqual([
      'plain',
      'in it',
      'as a picture',
      'half',
      'in what has no box',
      'at its own',
      'summary',
      'other summary',
      'unfolded',
      'heading to press',
      'locked',
      'in a frame',
    ]);
    expect(language).toBe('de-AT');
  });

  test('a page that hides its own members and forges its globals is read as it is', async () => {
    const { panel } = await open('/hostile.html', stage().site.origin);
    const { title, words, selection } = await read(panel);
    expect(title).toBe('Totally ordinary page');
    expect(words).toContain('Fenn owned seven hammers, and lent six of them.');
    expect(words).not.toMatch(/HIDDEN|SECRET|FORGED/u);
    expect(selection).toBeNull();
  });

  test('components are read in the order in which they are laid out', async () => {
    const { panel } = await open('/components');
    const { sections } = await read(panel);
    expect(sections).toEqual([
      { heading: 'Seals', level: 1, text: '' },
      {
        heading: 'Asleep',
        level: 2,
        text: [
          'The seals of the northern bay sleep upright in the shallow water.',
          'They wake when the tide turns.',
          'Nobody has seen one fall over.',
          'After the card the page goes on.',
        ].join('\n\n'),
      },
    ]);
  });

  test('a passage that begins in a component and ends outside it is marked, and no trace stays', async () => {
    const { page, panel } = await open('/components');
    await panel.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
      const tabId = tab?.id ?? -1;
      await chrome.scripting.executeScript({ target: { tabId }, files: ['/marker.js'] });
      const port = chrome.tabs.connect(tabId, { name: 'marker' });
      port.postMessage({ type: 'show', text: 'upright in the shallow water. They wake when' });
      addEventListener('unmark', () => port.disconnect());
    });
    const parts = await until('the mark', async () => {
      const seen = await marked(page);
      return seen.length > 0 && seen;
    });
    expect(parts).toEqual(['upright', ' in the shallow water.', 'They wake when']);
    await panel.evaluate(() => void dispatchEvent(new Event('unmark')));
    await until('the mark to go', async () => (await marked(page)).length === 0);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  test('a page of five megabytes is read within seconds, and what is left out is counted', async () => {
    const { panel } = await open('/huge', stage().site.origin);
    const started = performance.now();
    const { words, omitted } = await read(panel);
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(words).toContain('The keeper of the lighthouse counted forty-one herons.');
    expect(words.length).toBeGreaterThan(95_000);
    expect(words.length).toBeLessThanOrEqual(101_000);
    expect(omitted).toBeGreaterThan(3_000_000);
  });

  test('a selection of a megabyte is cut, with what stands around it', async () => {
    const { page, panel } = await open('/megabyte');
    await page.evaluate(() => {
      const all = document.querySelector('#all');
      if (all) getSelection()?.selectAllChildren(all);
    });
    const { selection } = await read(panel);
    expect(selection?.text).toHaveLength(2_000);
    expect(selection).toMatchObject({ before: 'Before.', after: 'After 😀.' });
  });
});

/** What the reader returns of the page in front: its top frame, and the words of all frames. */
async function read(panel: View): Promise<FrameReading & { readonly words: string }> {
  const results = await panel.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    const target = { tabId: tab?.id ?? -1, allFrames: true };
    return chrome.scripting.executeScript<[], FrameReading>({ target, files: ['/reader.js'] });
  });
  const top = results.find(({ frameId }) => frameId === 0)?.result;
  if (top === undefined) throw new Error(`No reading: ${JSON.stringify(results)}`);
  const sections = results.flatMap(({ result }) => result?.sections ?? []);
  return { ...top, words: sections.map(({ heading, text }) => `${heading}\n${text}`).join('\n') };
}

/** The words that are marked on the page now, node by node. */
async function marked(page: View): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...CSS.highlights.values()].flatMap((mark) =>
      [...mark].map(({ startContainer, startOffset, endOffset }) =>
        (startContainer.nodeValue ?? '').slice(startOffset, endOffset),
      ),
    ),
  );
}
