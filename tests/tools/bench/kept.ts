import { launchChromium } from '../../e2e/chromium';
import type { View } from '../../e2e/view';
import { fill, tenThousand } from '../look/talks';
import { median } from './median';
import { comparePaints } from './paint';

/** Words that stand in many, in some and in none of the messages. */
const queries = ['bleaching', 'polyp', 'nowhere', 'grain rice', 'conversation 19', 'ë'];

export interface Kept {
  /** Medians of click → first contentful paint with 10,000 messages and with none, ms. */
  readonly full: number;
  readonly empty: number;
  /** Median of the rounds' ratios. */
  readonly ratio: number;
  /** The slowest of some queries, from the key to what was found, ms. */
  readonly search: number;
}

/** What 10,000 messages cost whoever opens the panel or looks for something. */
export async function measureKept(extension: string): Promise<Kept> {
  const [full, empty] = [await launchChromium({ extension }), await launchChromium({ extension })];
  for (const browser of [full, empty]) await browser.open('data:text/html,<title>A page</title>');
  await full.clickToolbar();
  const first = await full.panel();
  await first.find('button', 'Copy');
  await fill(first, tenThousand());
  await full.closePanel();

  const { one, other, ratio } = await comparePaints(full, empty);
  const search = await slowestQuery(await reopened(full));
  await full.close();
  await empty.close();
  return { full: one, empty: other, ratio, search };
}

async function reopened(browser: Awaited<ReturnType<typeof launchChromium>>): Promise<View> {
  await browser.clickToolbar();
  const panel = await browser.panel();
  await panel.waitForText(/Reading with you|Listening/u);
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', 'Conversations');
  await panel.find('searchbox', 'Search all that was said');
  return panel;
}

/** From the key to the frame that shows what was found; each query is typed three times. */
async function slowestQuery(panel: View): Promise<number> {
  const slowest: number[] = [];
  for (const query of queries) {
    const rounds: number[] = [];
    for (let nth = 0; nth < 3; nth += 1) rounds.push(await panel.evaluate(timeQuery, query));
    slowest.push(median(rounds));
  }
  return Math.max(...slowest);
}

async function timeQuery(query: string): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('.library-search input');
  const list = document.querySelector('.library-list');
  if (!field || !list) throw new Error('The list is not open.');
  const type = async (text: string) => {
    const began = performance.now();
    const changed = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve(performance.now() - began);
      });
      observer.observe(list, { childList: true, subtree: true, characterData: true });
    });
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return changed;
  };
  const took = await type(query);
  await type('');
  return took;
}
