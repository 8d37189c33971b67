import type { Site } from '../../demo/server';
import type { Chromium } from '../../e2e/chromium';
import type { View } from '../../e2e/view';
import { median } from './median';

const rounds = 7;

export interface Answers {
  /** Medians of Enter → the first word of the answer's caption, and → the mouth opening, ms. */
  readonly firstCaption: number;
  readonly firstViseme: number;
}

/** Questions on a page of 5,000 words, each answer stopped once it has begun. */
export async function measureAnswers(browser: Chromium, site: Site): Promise<Answers> {
  await browser.open(`${site.origin}/long`);
  await browser.clickToolbar();
  const panel = await browser.panel();
  await panel.find('button', 'Copy');
  const times: { caption: number; viseme: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Silent, so that only the answer to come can move anything.
    await panel.press('Escape');
    await panel.waitFor('silence', () => document.querySelector('.captions b') === null);
    times.push(await timeAnswer(panel, `How many herons were counted ${'please '.repeat(round)}?`));
  }
  return {
    firstCaption: median(times.map(({ caption }) => caption)),
    firstViseme: median(times.map(({ viseme }) => viseme)),
  };
}

async function timeAnswer(panel: View, question: string) {
  await panel.typeInto('textbox', 'Your question', question);
  await panel.evaluate(watch);
  await panel.press('Enter');
  return panel.waitFor('the answer', () => {
    const { caption, viseme } = globalThis.benchTimes;
    return caption !== null && viseme !== null ? { caption, viseme } : null;
  });
}

/** In the panel: looks at every frame from Enter on. A mouth counts as open from a tenth above its rest. */
function watch(): void {
  const times: Times = { caption: null, viseme: null };
  globalThis.benchTimes = times;
  const mouth = () =>
    document.querySelector<SVGPathElement>('[data-part="mouth"]')?.getBBox().height ?? 0;
  addEventListener(
    'keydown',
    () => {
      const [started, rest] = [performance.now(), mouth()];
      const look = () => {
        const now = performance.now() - started;
        if (document.querySelector('.captions b') !== null) times.caption ??= now;
        if (mouth() > rest * 1.1 + 0.5) times.viseme ??= now;
        if (times.caption === null || times.viseme === null) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { once: true, capture: true },
  );
}

interface Times {
  caption: number | null;
  viseme: number | null;
}

declare global {
  var benchTimes: Times;
}
