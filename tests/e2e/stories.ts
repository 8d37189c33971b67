import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { browsers } from './browsers';
import type { Driver, LaunchOptions } from './driver';
import { until } from './until';
import type { Point, View } from './view';

/** What a story starts from: a browser just installed into, and pages to read. */
export interface Stage {
  readonly browser: Driver;
  readonly site: Site;
}

/** The same stories in both browsers. No story may leave an error of ours behind. */
export function inBothBrowsers(
  title: string,
  tell: (stage: () => Stage) => void,
  options?: Omit<LaunchOptions, 'extension'>,
): void {
  describe.each(browsers)(`${title} in $name`, ({ launch }) => {
    let stage: Stage;
    beforeAll(async () => {
      stage = { browser: await launch(options), site: await startSite() };
    });
    afterEach(async () => {
      expect(await stage.browser.errors()).toEqual([]);
    });
    afterAll(async () => {
      await stage.site.close();
      await stage.browser.close();
    });
    tell(() => stage);
  });
}

/** Opens a page and calls Vis to it by our button; both documents, once it sees the page and has said something. */
export async function readWithVis(
  browser: Driver,
  url: string,
): Promise<{ page: View; panel: View }> {
  const page = await browser.open(url);
  await browser.clickToolbar();
  const panel = await browser.panel();
  await panel.find('button', new RegExp(`^${new URL(url).host} `, 'u'));
  await panel.find('button', 'Copy');
  return { page, panel };
}

/** Types the question and sends it; what Vis answers, whole, once it has begun to say it. */
export async function ask(panel: View, question: string): Promise<string> {
  await panel.typeInto('textbox', 'Your question', question);
  await panel.press('Enter');
  return answerTo(panel, question);
}

/** What stands in the talk below the question. */
export async function answerTo(panel: View, question: string): Promise<string> {
  return panel.waitFor(
    `an answer to “${question}”`,
    (asked) => {
      const log = document.querySelector<HTMLElement>('[role=log]')?.innerText ?? '';
      const after = log.slice(log.lastIndexOf(asked) + asked.length);
      const answer = /^Vis.*\n+(?<text>.+)$/imu.exec(after)?.groups?.['text'];
      return log.includes(asked) ? answer : undefined;
    },
    question,
  );
}

/** Selects the words on the page as a reader with a mouse would; where they lie. */
export async function selectWords(page: View, words: string): Promise<Point> {
  const place = await page.waitFor(`the words “${words}”`, placeOf, words);
  await page.drag({ x: place.left + 1, y: place.y }, { x: place.right - 1, y: place.y });
  await until('the selection', async () =>
    page.evaluate((wanted) => getSelection()?.toString().includes(wanted.slice(1, -1)), words),
  );
  return { x: (place.left + place.right) / 2, y: place.y };
}

function placeOf(words: string): { left: number; right: number; y: number } | null {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const start = (node.nodeValue ?? '').replaceAll('\n', ' ').indexOf(words);
    if (start === -1) continue;
    node.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + words.length);
    const { left, right, top, height } = range.getBoundingClientRect();
    return { left, right, y: top + height / 2 };
  }
  return null;
}

/** What is lit up on the page now, white space folded. */
export async function highlighted(page: View): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...CSS.highlights.values()].flatMap((highlight) =>
      [...highlight].map((range) => (range as Range).toString().replace(/\s+/gu, ' ').trim()),
    ),
  );
}
