import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMakers } from '../demo/makers';
import { startSite } from '../demo/server';
import { launchChromium, type Chromium } from '../e2e/chromium';
import type { View } from '../e2e/view';
import { buildInto } from './build';

/*
 * Vis in a minute: builds, starts stand-ins of the other makers' services and a broker for them,
 * opens a browser on an article, calls Vis to it as a click on its button would, and stays until
 * Ctrl-C. `npm start -- Nova` goes on with that avatar; `--once` ends after the greeting.
 */
const words = process.argv.slice(2);
const once = words.includes('--once');
const wanted = words.find((word) => !word.startsWith('--'));
const hasScreen =
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** As `tests/demo/broker.ts` has them. */
const avatars = [
  { name: 'Nova', maker: 'Soul Machines', vendor: 'soul-machines' },
  { name: 'Mina', maker: 'Perso', vendor: 'perso' },
  { name: 'Sage', maker: 'Inworld', vendor: 'inworld' },
] as const;

console.log('Building the extension');
const folder = await mkdtemp(path.join(tmpdir(), 'visavis-start-'));
const extension = await buildInto(folder, 'chrome');
const site = await startSite();
console.log('Starting stand-ins of three avatar makers and a broker, all on this computer');
const demo = await startMakers();
if (!hasScreen)
  console.log('There is no screen here: the browser opens on one nobody sees (Xvfb).');
const browser = await launchChromium({ extension, show: hasScreen ? 'window' : 'desktop' });

try {
  await nameBroker(browser, demo.broker.address);
  await browser.open(`${site.origin}/reef`);
  await browser.clickToolbar();
  const panel = await browser.panel();
  await panel.waitForText(/I see you are on “.+”/u);
  const greeting = await panel.waitFor(
    'the greeting',
    () => /^.*I see you are on.*$/mu.exec(document.body.innerText)?.[0],
  );
  console.log(`\n  Vis: ${greeting}\n`);
  const chosen = avatars.find(({ name }) => name.toLowerCase() === wanted?.toLowerCase());
  if (wanted !== undefined && !chosen) console.log(`There is no ${wanted} here.`);
  if (chosen) {
    await choose(panel, chosen.name);
    console.log(`  ${chosen.name} of ${chosen.maker} is here.\n`);
  }
  if (!once) await stay();
} finally {
  await browser.close();
  await demo.close();
  await site.close();
  await rm(folder, { recursive: true, force: true });
}

/** Sets the service up as a reader would in the settings; who is there first stays Vis. */
async function nameBroker(chromium: Chromium, address: string): Promise<void> {
  // The browser's own question for a permission can only be answered by whoever sits before it.
  await chromium.grantHosts('http://127.0.0.1/*');
  const options = await chromium.open(`${chromium.origin}/options.html#broker`);
  await options.typeInto('textbox', 'Address of the service', address);
  await options.clickOn('button', 'Connect');
  await options.find('radio', /^Nova/u);
  await options.close();
}

async function choose(panel: View, name: string): Promise<void> {
  await panel.clickOn('button', 'Menu');
  await panel.clickOn('button', /^Whom to talk to/u);
  await panel.clickOn('button', new RegExp(`^${name} `, 'u'));
  await panel.clickOn('button', `Talk to ${name}`);
  await panel.find('heading', new RegExp(`^${name}`, 'u'));
  await panel.waitForText(/Reading with you|Listening|Speaking/u);
}

/** Until the person closes the browser or presses Ctrl-C. */
async function stay(): Promise<void> {
  const started = avatars.map(({ name, maker, vendor }) => {
    const address = demo.makers.get(vendor)?.address ?? '';
    return `  ${name.padEnd(6)}${maker.padEnd(15)}${address}`;
  });
  console.log(
    [
      'Try in the panel:',
      '  What is this page about?',
      '  How many names are on the board?   … then click the small ¹ in the answer',
      '  Who kept count of the corals?',
      'Or select some words on the page, right-click, and choose “Ask avatar about …”.',
      `More pages, ordinary and bad: ${site.origin}/`,
      '',
      'Three more avatars are one click away: press the name at the top of the panel.',
      ...started,
      `Each runs on its maker’s own package, against a stand-in of its service on this computer.`,
      `They come from the broker at ${demo.broker.address}, as in the settings.`,
      'Start with one of them at once: npm start -- Nova',
      '',
      'Ctrl-C ends it.',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    browser.browser.once('disconnected', () => resolve());
  });
}
