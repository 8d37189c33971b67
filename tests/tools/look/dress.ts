import type { Chromium } from '../../e2e/chromium';

interface Dress {
  readonly scheme: 'light' | 'dark';
  /** CSS px. */
  readonly width: number;
  readonly height: number;
}

/** Lends whatever is shown a theme and a size, for its picture. */
export async function dress(
  { browser, origin }: Chromium,
  { scheme, ...size }: Dress,
): Promise<void> {
  const shown = browser
    .targets()
    .filter((target) =>
      /\/(?:sidepanel|posed|diagnostics|microphone)\.html/u.test(target.url().replace(origin, '')),
    );
  for (const target of shown) {
    const page = await target.asPage();
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setViewport(size);
  }
}
