import type { KeyInput, Page } from 'puppeteer-core';
import type { Hands } from './view';

export async function chromiumHands(page: Page): Promise<Hands> {
  const session = await page.createCDPSession();
  return {
    // Not `page.evaluate`: it lends every script a user's gesture, which hides missing ones.
    run: async (expression) => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value;
    },
    click: (x, y, button) => page.mouse.click(x, y, { button }),
    drag: async (from, to) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 8 });
      await page.mouse.up();
    },
    press: async (keys) => {
      const all = keys.split('+') as KeyInput[];
      for (const key of all) await page.keyboard.down(key);
      for (const key of all.toReversed()) await page.keyboard.up(key);
    },
    hold: async (what, meanwhile) => {
      if (typeof what === 'string') await page.keyboard.down(what as KeyInput);
      else {
        await page.mouse.move(what.x, what.y);
        await page.mouse.down();
      }
      try {
        await meanwhile();
      } finally {
        if (typeof what === 'string') await page.keyboard.up(what as KeyInput);
        else await page.mouse.up();
      }
    },
    type: (text) => page.keyboard.type(text),
    screenshot: async (file) => {
      await page.screenshot({ path: file });
    },
    close: () => page.close(),
  };
}
