import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { launchChromium, type Chromium } from '../../e2e/chromium';
import { median } from './median';

const rounds = 24;

export interface Paint {
  /** Medians of click → first contentful paint, ms. */
  readonly ours: number;
  readonly empty: number;
  /** Median of the rounds' ratios. */
  readonly ratio: number;
}

/** Ours and an empty extension's panel, opened by turns in the same run, so that both meet the same machine. */
export async function measurePaint(extension: string, folder: string): Promise<Paint> {
  const ours = await launchChromium({ extension });
  const empty = await launchChromium({
    extension: await emptyExtension(folder),
    welcome: false,
  });
  for (const browser of [ours, empty]) await browser.open('data:text/html,<title>A page</title>');
  const { one, other, ratio } = await comparePaints(ours, empty);
  await ours.close();
  await empty.close();
  return { ours: one, empty: other, ratio };
}

interface Compared {
  readonly one: number;
  readonly other: number;
  readonly ratio: number;
}

/** Two panels opened by turns, the order changing: medians, ms, and that of the rounds' ratios. */
export async function comparePaints(one: Chromium, other: Chromium): Promise<Compared> {
  const [ones, others]: [number[], number[]] = [[], []];
  const turns = [
    async () => ones.push(await clickToPaint(one)),
    async () => others.push(await clickToPaint(other)),
  ];
  for (let round = 0; round <= rounds; round += 1) {
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    // The first round warms both up and does not count.
    if (round === 0) ones.length = others.length = 0;
  }
  const ratios = ones.map((time, round) => (100 * time) / (others[round] ?? 0));
  return { one: median(ones), other: median(others), ratio: median(ratios) / 100 };
}

async function clickToPaint(browser: Chromium): Promise<number> {
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
