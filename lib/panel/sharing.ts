import { setRule } from '@/lib/page/access';
import { hostOf, originOf } from '@/lib/page/address';
import type { PageWatch } from '@/lib/page/sight';
import type { Notices } from '@/lib/panel/notice';
import * as settings from '@/lib/settings';
import { t } from '@/lib/words';

/** What the site in front may share. */
export interface Sharing {
  rule(change: Partial<settings.SiteRule>): Promise<void>;
  /** Nothing any more, with the way back at hand. */
  stop(): Promise<void>;
}

export function createSharing(page: PageWatch, notices: Notices): Sharing {
  /** What is stored, not what is left of it under somebody's limit. */
  const storedFor = async (origin: string) =>
    (await settings.sites.get())[origin] ?? settings.newSite;

  async function rule(change: Partial<settings.SiteRule>): Promise<void> {
    const sight = page.sight.peek();
    const origin = sight.kind === 'page' ? originOf(sight.url) : null;
    if (sight.kind !== 'page' || origin === null || sight.limit?.locked) return;
    await setRule(origin, { ...(await storedFor(origin)), ...change }).catch(notices.fail);
  }

  return {
    rule,
    async stop() {
      const sight = page.sight.peek();
      if (sight.kind !== 'page') return;
      const before = await storedFor(originOf(sight.url) ?? '');
      await rule({ rung: 'nothing' });
      notices.show({
        text: t('panel.stoppedSharing', [hostOf(sight.url)]),
        calm: true,
        action: {
          label: t('panel.undo'),
          run: () => {
            notices.dismiss();
            void rule(before);
          },
        },
      });
    },
  };
}
