import { TargetType, type Browser, type Page } from 'puppeteer-core';
import { until, within } from './until';

/** A click before the background's first run has ended reaches nobody; at install it may start twice. */
export async function backgroundReady(browser: Browser): Promise<void> {
  const expression = "self.serviceWorker.state === 'activated'";
  await until('the background to run', async () => {
    const worker = browser.targets().find((target) => target.type() === TargetType.SERVICE_WORKER);
    const session = await worker?.createCDPSession();
    const answer = await session?.send('Runtime.evaluate', { expression });
    await session?.detach();
    return answer?.result.value;
  });
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
