import type { Driver } from './driver';
import { until } from './until';
import type { Point, View } from './view';

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

/** Selects the words on the page as a reader with a mouse would; a spot on the first of them. */
export async function selectWords(page: View, words: string): Promise<Point> {
  return until('the selection', async () => {
    // A sidebar that opens or closes beside the page moves its words: who misses them tries again.
    const { from, to } = await page.waitFor(`the words “${words}”`, placeOf, words);
    await page.drag(from, to);
    const isSelected = await page.evaluate(
      (wanted) => getSelection()?.toString().includes(wanted.slice(1, -1)),
      words,
    );
    return isSelected === true ? { x: from.x + 8, y: from.y } : null;
  });
}

/** Just inside their first and their last letter, which may stand on different lines. */
function placeOf(words: string): { from: Point; to: Point } | null {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const start = (node.nodeValue ?? '').replaceAll('\n', ' ').indexOf(words);
    if (start === -1) continue;
    node.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + words.length);
    const boxes = [...range.getClientRects()];
    const [first, last] = [boxes.at(0), boxes.at(-1)];
    if (first === undefined || last === undefined) return null;
    return {
      from: { x: first.left + 1, y: first.top + first.height / 2 },
      to: { x: last.right - 1, y: last.top + last.height / 2 },
    };
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
