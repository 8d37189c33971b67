import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSite } from '../demo/server';
import { launchChromium } from '../e2e/chromium';
import { buildInto } from './build';

/*
 * Vis in a minute: builds, opens a browser on an article, calls Vis to it as a click on its button
 * would, and stays until Ctrl-C. `--once` ends after the greeting.
 */
const once = process.argv.includes('--once');
const hasScreen =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

console.log('Building the extension');
const folder = await mkdtemp(path.join(tmpdir(), 'visavis-start-'));
const extension = await buildInto(folder, 'chrome');
const site = await startSite();
if (!hasScreen)
  console.log('There is no screen here: the browser opens on one nobody sees (Xvfb).');
const browser = await launchChromium({ extension, show: hasScreen ? 'window' : 'desktop' });

try {
  await browser.open(`${site.origin}/reef`);
  await browser.clickToolbar();
  const panel = await browser.panel();
  await panel.waitForText(/I see you are on “.+”/u);
  const greeting = await panel.waitFor(
    'the greeting',
    () => /^.*I see you are on.*$/mu.exec(document.body.innerText)?.[0],
  );
  console.log(`\n  Vis: ${greeting}\n`);
  if (!once) await stay();
} finally {
  await site.close();
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** Until the person closes the browser or presses Ctrl-C. */
async function stay(): Promise<void> {
  console.log(
    [
      'Try in the panel:',
      '  What is this page about?',
      '  How many names are on the board?   … then click the small ¹ in the answer',
      '  Who kept count of the corals?',
      'Or select some words on the page, right-click, and choose “Ask avatar about …”.',
      `More pages, ordinary and bad: ${site.origin}/`,
      '',
      'Ctrl-C ends it.',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    browser.browser.once('disconnected', () => resolve());
  });
}
