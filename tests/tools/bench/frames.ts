import type { Chromium } from '../../e2e/chromium';
import type { View } from '../../e2e/view';

const seconds = 5;

export interface Frames {
  /** Drawn a second, with nothing going on, and while nobody can see it. */
  readonly idle: number;
  readonly hidden: number;
}

/** The panel's page in a tab, since a tab can be hidden behind another and come back. */
export async function measureFrames(browser: Chromium): Promise<Frames> {
  await browser.closePanel();
  const tab = await browser.open(`${browser.origin}/sidepanel.html`);
  await tab.find('button', 'Copy');
  await tab.press('Escape');
  await tab.waitFor('silence', () => document.querySelector('.captions b') === null);
  const idle = await framesOf(tab);
  await browser.open('data:text/html,<title>In front</title>');
  await tab.waitFor('the tab to be hidden', () => document.hidden);
  const hidden = await framesOf(tab);
  return { idle, hidden };
}

/** Everything a frame changes in the portrait comes in one batch, so batches are frames. */
async function framesOf(view: View): Promise<number> {
  const count = await view.evaluate(
    async (duration) =>
      new Promise<number>((resolve) => {
        let frames = 0;
        const observer = new MutationObserver(() => {
          frames += 1;
        });
        const portrait = document.querySelector('[data-part]')?.parentElement;
        if (portrait) observer.observe(portrait, { attributes: true, subtree: true });
        setTimeout(() => {
          observer.disconnect();
          resolve(frames);
        }, duration);
      }),
    seconds * 1000,
  );
  return count / seconds;
}
