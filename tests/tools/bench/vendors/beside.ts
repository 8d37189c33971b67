import type { Browser } from 'puppeteer-core';
import type { VendorName } from '@/tests/emulators/start';
import type { BenchSite } from './serve';
import type { Answered } from './stopwatch';

export interface Times {
  /** From the document's beginning until the avatar can be seen; of one without a face, be asked. */
  readonly connect: number;
  /** What happened on the way, and when; as `connect`. */
  readonly steps: Readonly<Record<string, number>>;
  readonly answers: readonly Answered[];
}

interface Question {
  readonly text: string;
  /** Called right before it is asked. */
  readonly before: () => void;
}

/** One avatar opened in a new document, asked some questions, closed. */
export type Measure = (vendor: VendorName, questions: readonly Question[]) => Promise<Times>;

export interface Beside {
  readonly measure: (way: 'adapter' | 'bare') => Measure;
}

/**
 * In a page of nobody's, a tab of the panel's window: by our adapter, or by nothing but the SDK.
 *
 * @param room - there is for the picture, CSS px: as much as in the panel.
 */
export async function openBeside(
  browser: Browser,
  { address }: BenchSite,
  room: { readonly width: number; readonly height: number },
): Promise<Beside> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error('In the page:', String(error)));
  const measure =
    (way: 'adapter' | 'bare'): Measure =>
    async (vendor, questions) => {
      // A tab that is not in front gets no pictures.
      await page.bringToFront();
      const wanted = new URLSearchParams({ vendor, way, ...mapped(room) });
      await page.goto(`${address}/?${wanted.toString()}`);
      const connect = await page.evaluate(async () => globalThis.bench.connected);
      const steps = await page.evaluate(() => globalThis.stopwatch.marks());
      const answers: Answered[] = [];
      await page.evaluate(() => globalThis.bench.focus());
      for (const { text, before } of questions) {
        await page.evaluate(() => globalThis.stopwatch.silence());
        await page.keyboard.type(text);
        await page.evaluate((text) => globalThis.stopwatch.arm(text), text);
        before();
        await page.keyboard.press('Enter');
        answers.push(await page.evaluate(() => globalThis.stopwatch.answered()));
        await page.evaluate(() => globalThis.bench.hush());
      }
      await page.evaluate(() => globalThis.bench.close());
      await page.goto('about:blank');
      return { connect: connect ?? Number.NaN, steps, answers };
    };
  return { measure };
}

const mapped = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  width: String(width),
  height: String(height),
});
