import { TargetType, type Browser, type Page, type Target } from 'puppeteer-core';
import { until, within } from './until';

/** A click before the background's first run has ended reaches nobody; at install it may start twice. */
export async function backgroundReady(browser: Browser): Promise<void> {
  await until('the background to run', () => liveWorker(browser));
}

/** Of an extension that was switched off and on there are two, and one of them answers no more. */
export async function liveWorker(browser: Browser): Promise<Target | undefined> {
  const all = browser.targets().filter((target) => target.type() === TargetType.SERVICE_WORKER);
  const runs = await Promise.all(
    all.map((target) => within('an answer', isActive(target), 1000).catch(() => false)),
  );
  return all.find((_, index) => runs[index]);
}

async function isActive(target: Target): Promise<boolean> {
  const expression = "self.serviceWorker.state === 'activated'";
  const session = await target.createCDPSession();
  const { result } = await session.send('Runtime.evaluate', { expression });
  await session.detach();
  return result.value === true;
}

/** Stops them through a document of theirs, since only that one's session sees them. */
export async function stopWorkers(page: Page, origin: string): Promise<void> {
  const borrowed = page.url().startsWith(origin);
  if (!borrowed) await page.goto(`${origin}/options.html`);
  const session = await page.createCDPSession();
  const stopped = new Promise<void>((resolve) => {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.every(({ runningStatus }) => runningStatus === 'stopped')) resolve();
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await within('the worker to stop', stopped);
  await session.detach();
  if (!borrowed) await page.close();
}
