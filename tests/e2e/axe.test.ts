import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { readWithVis } from './reading';
import { inBothBrowsers } from './stories';
import type { View } from './view';

/** What axe finds wrong, in words: the rule and where. */
async function violations(view: View): Promise<readonly string[]> {
  // Half-way through a transition, colours are neither one thing nor the other.
  await view.waitFor('transitions to end', () =>
    document
      .getAnimations()
      .every(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
  );
  await view.run(`(() => {${axe.source}\n})()`);
  return view.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run();
    return found.flatMap(({ help, nodes }) => nodes.map(({ html }) => `${help}: ${html}`));
  });
}

inBothBrowsers('axe', (stage) => {
  describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
    test('finds nothing to object to in the panel, its sheet and its menu', async () => {
      const { browser, site } = stage();
      await browser.useColors(scheme);
      const { panel } = await readWithVis(browser, `${site.origin}/reef`);
      expect(await violations(panel)).toEqual([]);
      await panel.clickOn('button', 'Menu');
      await panel.find('button', 'Settings');
      expect(await violations(panel)).toEqual([]);
      await panel.clickOn('button', /Whole page$/u);
      await panel.waitForText('See exactly what');
      expect(await violations(panel)).toEqual([]);
      await panel.clickOn('button', 'Close');
    });

    test.each(['options', 'welcome'])('finds nothing to object to in %s', async (name) => {
      const { browser } = stage();
      await browser.useColors(scheme);
      const page = await browser.open(`${browser.origin}/${name}.html`);
      await page.find('heading');
      expect(await violations(page)).toEqual([]);
      await page.close();
    });
  });
});

interface Violation {
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

declare global {
  var axe: { run(): Promise<{ violations: readonly Violation[] }> };
}
