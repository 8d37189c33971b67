import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSite } from '../demo/server';
import { launchChromium } from '../e2e/chromium';
import { until } from '../e2e/until';
import type { View } from '../e2e/view';
import { buildInto } from './build';
import { bundlePoses } from './look/bundle';
import { contactSheet, type Picture } from './look/contact-sheet';
import { dress } from './look/dress';
import { states } from './look/states';

/* Pictures of every state of the panel, in both themes and three widths, with one page to see them all on. */
const target = path.resolve('.look');
const [only] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'visavis-look-'));
const extension = await buildInto(folder, 'chrome');
await bundlePoses(extension);
const site = await startSite();
const pictures: Picture[] = [];
await mkdir(target, { recursive: true });

for (const state of states.filter(({ name }) => name.startsWith(only ?? ''))) {
  // Each begins as if just installed: what one leaves behind must not be in the next one's picture.
  const browser = await launchChromium({ extension });
  const panel = await state.reach({ browser, site });
  await until('the face to have its colours', async () => hasSettled(panel));
  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [252, 360, 600]) {
      const file = `${state.name}-${scheme}-${width}.png`;
      await dress(browser, { scheme, width, height: 760 });
      await panel.screenshot(path.join(target, file));
      pictures.push({ state: state.name, scheme, width, file });
    }
  }
  console.log(state.name);
  await browser.close();
}

await site.close();
await rm(folder, { recursive: true, force: true });
await writeFile(path.join(target, 'index.html'), contactSheet(pictures));
console.log(`${pictures.length} pictures in ${path.join(target, 'index.html')}`);

/** Waking up and falling asleep change the portrait's colours for a second; a picture shows the end of it. */
async function hasSettled(panel: View): Promise<boolean> {
  return panel.evaluate(async () => {
    const colours = () =>
      [...document.querySelectorAll('[data-part]')].map((part) => part.getAttribute('fill')).join();
    const before = colours();
    await new Promise((later) => {
      setTimeout(later, 300);
    });
    return colours() === before;
  });
}
