import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSite } from '../demo/server';
import { launchChromium } from '../e2e/chromium';
import { measureAnswers } from './bench/answers';
import { measureFrames } from './bench/frames';
import { measureKept } from './bench/kept';
import { measurePaint } from './bench/paint';
import { budget } from './budgets';
import { buildInto, zipInto } from './build';
import { bytesOf } from './bytes';

/* Measures the built extension in a real Chromium and prints JSON; fails when a budget is broken. */
const folder = await mkdtemp(path.join(tmpdir(), 'visavis-bench-'));
try {
  const extension = await buildInto(folder, 'chrome');
  // The budget is of what we wrote; the makers' own SDKs are told beside it.
  const zip = await zipInto(folder, { VISAVIS_PROVIDERS: 'local' });
  const zipWithMakers = await zipInto(folder);
  const bytes = bytesOf(extension);
  const paint = await measurePaint(extension, folder);
  const kept = await measureKept(extension);
  const site = await startSite();
  const browser = await launchChromium({ extension });
  const answers = await measureAnswers(browser, site);
  const frames = await measureFrames(browser);
  await browser.close();
  await site.close();
  const budgets = [
    budget('zip', zip),
    budget('panelScript', bytes['panel']?.gzip ?? Number.NaN),
    budget('watcher', bytes['watcher']?.raw ?? Number.NaN),
    budget('firstPaint', paint.ratio),
    budget('firstCaption', answers.firstCaption),
    budget('idleFrames', frames.idle),
    budget('hiddenFrames', frames.hidden),
    budget('keptPaint', kept.ratio),
    budget('keptSearch', kept.search),
  ];
  console.log(
    JSON.stringify({ zip, zipWithMakers, bytes, paint, kept, answers, frames, budgets }, null, 2),
  );
  process.exitCode = budgets.every(({ ok }) => ok) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
