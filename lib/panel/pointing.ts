import { signal, type ReadonlySignal } from '@preact/signals';
import type { PageStamp } from '@/lib/page/page';
import type { PageWatch } from '@/lib/page/sight';
import type { Notices } from '@/lib/panel/notice';
import { t } from '@/lib/words';

/** Shows the reader where something stands on the page. */
export interface Pointing {
  /** The eyes rest on the page. */
  readonly active: ReadonlySignal<boolean>;
  /** Marks these words on that page; says so where they cannot be found. */
  to(text: string, stamp: PageStamp | null): Promise<void>;
  dispose(): void;
}

/** How long the eyes rest on the page after pointing there, ms. */
const rest = 2500;

export function createPointing(page: PageWatch, notices: Notices): Pointing {
  const active = signal(false);
  let resting: ReturnType<typeof setTimeout> | undefined;
  return {
    active,
    async to(text, stamp) {
      if (!stamp) return;
      active.value = true;
      clearTimeout(resting);
      resting = setTimeout(() => {
        active.value = false;
      }, rest);
      try {
        const shown = await page.show({ text }, stamp);
        if (shown !== 'shown') notices.show({ text: t(`quote.${shown}`), action: null });
      } catch (error) {
        notices.fail(error);
      }
    },
    dispose: () => clearTimeout(resting),
  };
}
