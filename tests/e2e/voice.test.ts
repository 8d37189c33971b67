import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSite, type Site } from '../demo/server';
import { chromium } from './browsers';
import type { Chromium } from './chromium';
import { readWithVis } from './reading';
import type { View } from './view';
import { hasVoices, startVoices, type Voices } from './voices';

/** Wraps the browser's own voice before the panel's script runs: what it starts and ends is written down. */
const listen = `{
  globalThis.spoken = [];
  const speak = SpeechSynthesis.prototype.speak;
  SpeechSynthesis.prototype.speak = function (utterance) {
    for (const type of ['start', 'end', 'error']) {
      utterance.addEventListener(type, (event) => spoken.push(event.error ?? type));
    }
    speak.call(this, utterance);
  };
}`;

/** How far the mouth opened, in units of the drawing, over so many frames. */
async function mouthHeights(panel: View, frames: number): Promise<readonly number[]> {
  return panel.evaluate(async (count) => {
    const heights: number[] = [];
    for (let frame = 0; frame < count; frame += 1) {
      await new Promise(requestAnimationFrame);
      const mouth = document.querySelector<SVGPathElement>('[data-part="mouth"]');
      heights.push(mouth?.getBBox().height ?? 0);
    }
    return heights;
  }, frames);
}

describe.skipIf(!hasVoices)('a real voice', () => {
  let voices: Voices;
  let site: Site;
  let browser: Chromium;
  beforeAll(async () => {
    voices = await startVoices();
    site = await startSite();
    browser = await chromium({ env: voices.env, args: voices.args });
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await voices.close();
  });

  test('it starts and ends for every sentence, the drawn mouth opens meanwhile, and closes after', async () => {
    const { panel } = await readWithVis(browser, `${site.origin}/reef`);
    await panel.run(`${listen};undefined`);
    await panel.clickOn('button', 'What can you do?');
    await panel.waitFor('the voice to start', () => globalThis.spoken.includes('start'));
    const [closed, open] = [0, Math.max(...(await mouthHeights(panel, 90)))];
    expect(open).toBeGreaterThan(closed);

    await panel.press('Escape');
    await panel.waitFor('silence', () => !speechSynthesis.speaking);
    const after = await mouthHeights(panel, 30);
    expect(after.at(-1)).toBeLessThan(open / 2);
  });
});

declare global {
  var spoken: string[];
}
