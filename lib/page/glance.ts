import { shareable } from '@/lib/page/context';
import type { PageContext } from '@/lib/page/page';
import type { PageSight } from '@/lib/page/see';

/**
 * What may be told of the page in front without being asked: nothing where the reader wants to be
 * asked, never its text.
 */
export function glanceOf(sight: PageSight): PageContext | null {
  if (sight.kind !== 'page' || sight.access === 'asked') return null;
  return shareable({ ...sight, isOffered: false, text: null }, sight.rule).context;
}
