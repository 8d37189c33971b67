import { setTimeout as pause } from 'node:timers/promises';
import { launchChromium } from '../../e2e/chromium';
import { readWithVis } from '../../e2e/reading';
import type { View } from '../../e2e/view';
import type { Cut } from './cutting';
import { startLoudspeaker } from './loudspeaker';

/** How long Vis can still be heard after Esc, and a bare page's own voice after the browser's `cancel`. */
export async function cutVis(
  extension: string,
  url: string,
  rounds: number,
): Promise<{ keys: readonly Cut[]; bare: readonly number[] }> {
  const speaker = await startLoudspeaker();
  const browser = await launchChromium({ extension, env: speaker.env, args: speaker.args });
  const [keys, bare]: [Cut[], number[]] = [[], []];
  /** From the call to the last sound. */
  const cut = async (call: () => Promise<number>) => {
    await speaker.sound();
    await pause(1000);
    await speaker.sound();
    const called = await call();
    return Math.max(0, (await speaker.silence()) - called);
  };
  try {
    const { panel, page } = await readWithVis(browser, url);
    for (let round = 0; round < rounds; round += 1) {
      await panel.typeInto('textbox', 'Your question', 'What is this page about?');
      await panel.press('Enter');
      keys.push({ silent: await cut(() => escape(panel)), sure: 0 });
      await page.evaluate(speak);
      bare.push(await cut(() => page.evaluate(cancel)));
      console.error('local', { key: keys.at(-1), bare: bare.at(-1) });
    }
  } finally {
    await browser.closePanel();
    await browser.close();
    await speaker.close();
  }
  return { keys, bare };
}

/* What runs in documents. */

function escape(panel: View): Promise<number> {
  return panel.evaluate(() => {
    const pressed = Date.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    return pressed;
  });
}

function speak(): void {
  const text =
    'From the boat the reef is only a change of colour, a brown hem sewn along the blue. ';
  const utterance = new SpeechSynthesisUtterance(text.repeat(2));
  utterance.lang = 'en';
  speechSynthesis.speak(utterance);
}

function cancel(): number {
  const called = Date.now();
  speechSynthesis.cancel();
  return called;
}
