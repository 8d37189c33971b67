import type { VendorName } from '@/tests/emulators/start';
import type { BenchPage } from './browser';

export interface Times {
  /** From the document's beginning until the avatar can be seen; of one without a face, be asked. */
  readonly connect: number;
  /** From each question to the first sound of its answer. */
  readonly sounds: readonly number[];
}

/** One avatar opened in a new document, asked some questions, closed. */
export type Measure = (vendor: VendorName, questions: readonly string[]) => Promise<Times>;

/** In a page of nobody's: by our adapter, or by nothing but the SDK. */
export function beside({ page, address }: BenchPage, way: 'adapter' | 'bare'): Measure {
  return async (vendor, questions) => {
    await page.goto(`${address}/?vendor=${vendor}&way=${way}`);
    const connect = await page.evaluate(async () => globalThis.bench.connected);
    const sounds: number[] = [];
    for (const question of questions) {
      sounds.push(await page.evaluate((question) => globalThis.bench.ask(question), question));
    }
    await page.evaluate(() => globalThis.bench.close());
    await page.goto('about:blank');
    return { connect: connect ?? Number.NaN, sounds };
  };
}
