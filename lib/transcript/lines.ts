import type { Look } from '@/lib/session/provider';
import type { Message } from '@/lib/transcript/message';
import { t } from '@/lib/words';

/** Who said it, as the avatar was called then. */
export function nameOf({ by }: Message): string {
  return by ?? t('panel.avatar');
}

/** What the avatar did with the page on its own account. */
export function lookLine(name: string, { tool, about, refused }: Look): string {
  if (refused) return t(`looked.refused.${tool}`, [name]);
  return about === null ? t(`looked.${tool}`, [name]) : t(`looked.about.${tool}`, [name, about]);
}
