import type { PageSight } from '@/lib/page/sight';
import { t } from '@/lib/words';

/**
 * The first words: who this is, that it is an AI (always in the first sentence ever said), what
 * page it sees, and what to do.
 *
 * @param known - whether the reader has been greeted before.
 */
export function greeting(sight: PageSight, known: boolean): string {
  const hello = known ? t('greeting.again') : t('greeting.first');
  return `${hello} ${whatISee(sight)}`;
}

function whatISee(sight: PageSight): string {
  switch (sight.kind) {
    case 'page':
      if (sight.rule.rung === 'nothing') return t('greeting.notShared');
      return t('greeting.page', [sight.title || sight.url]);
    case 'unreadable':
      return sight.selection ? t('greeting.words') : t('greeting.unreadable');
    case 'none':
    case 'unasked':
      return t('greeting.noPage');
  }
}
