import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchChromium, type Chromium } from '../../e2e/chromium';
import { median } from './median';

const rounds = 9;

export interface Paint {
  /** Medians of click → first contentful paint, ms. */
  readonly ours: number;
  readonly empty: number;
  readonly ratio: number;
}

/** Ours and an empty extension's panel, opened by turns in the same run, so that both meet the same machine. */
export async function measurePaint(extension: string, folder: string): Promise<Paint> {
  const ours = await launchChromium({ extension });
  const empty = await launchChromium({
    extension: await emptyExtension(folder),
    welcome: false,
  });
  const times: { ours: number[]; empty: number[] } = { ours: [], empty: [] };
  for (const browser of [ours, empty]) await browser.open('data:text/html,<title>A page</title>');
  // The first round warms both up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const [first, second] = [await clickToPaint(ours), await clickToPaint(empty)];
    if (round === 0) continue;
    times.ours.push(first);
    times.empty.push(second);
  }
  await ours.close();
  await empty.close();
  const [a, b] = [median(times.ours), median(times.empty)];
  return { ours: a, empty: b, ratio: Math.round((a / b) * 100) / 100 };
}

export async function clickToPaint(browser: Chromium): Promise<number> {
  const clicked = Date.now();
  await browser.clickToolbar();
  const panel = await browser.panel();
  const painted = await panel.waitFor('the first paint', () => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint && performance.timeOrigin + paint.startTime;
  });
  await browser.closePanel();
  return painted - clicked;
}

/** The least that has a panel: what the browser itself needs. */
async function emptyExtension(folder: string): Promise<string> {
  const extension = path.join(folder, 'empty');
  const manifest = {
    manifest_version: 3,
    name: 'Empty',
    version: '1',
    permissions: ['sidePanel'],
    action: {},
    background: { service_worker: 'background.js' },
    side_panel: { default_path: 'sidepanel.html' },
  };
  await mkdir(extension);
  await writeFile(path.join(extension, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(
    path.join(extension, 'background.js'),
    'chrome.action.onClicked.addListener(({ windowId }) => chrome.sidePanel.open({ windowId }));',
  );
  await writeFile(path.join(extension, 'sidepanel.html'), '<!doctype html><p>Empty</p>');
  return extension;
}
