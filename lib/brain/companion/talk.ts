import type { Piece } from '@/lib/brain/companion/draft';
import { saying } from '@/lib/brain/companion/frames';
import type { Scene } from '@/lib/brain/companion/scene';
import { t } from '@/lib/words';

/** Words between people: hello, thanks, who are you. They claim nothing about the page, so they quote nothing. */
export function smallTalk(
  kind: 'greeting' | 'thanks' | 'farewell' | 'identity' | 'abilities' | 'sight' | 'beyond',
  scene: Scene,
  question: string,
): Piece[] {
  switch (kind) {
    case 'greeting':
      return [t('brain.greeting'), invitation(scene)];
    case 'thanks':
      return [saying('thanks', question)];
    case 'farewell':
      return [t('brain.farewell')];
    case 'identity':
      return [t('brain.identity')];
    case 'abilities':
      return [t('brain.abilities'), t('brain.abilitiesNot')];
    case 'beyond':
      return [t('brain.beyond')];
    case 'sight':
      return [sight(scene)];
  }
}

/** Why nothing can be looked up, and what to do about it. */
export function blind({ context, marked, title, host }: Scene): Piece[] {
  if (context === null) return [t('brain.blind.nothing')];
  if (context.text !== null) return [t('brain.blind.empty')];
  if (marked !== null) return [t('brain.blind.selection')];
  if (title !== '' && host !== '') return [t('brain.blind.addressTitle', [title, host])];
  return [t('brain.blind.address')];
}

function invitation({ title, page, marked }: Scene): string {
  if (page === null && marked === null) return t('brain.greetingNoPage');
  return title === '' ? '' : t('brain.greetingPage', [title]);
}

function sight({ context, page, marked }: Scene): string {
  if (context === null) return t('brain.sight.nothing');
  if (page !== null) return t('brain.sight.page', [page.words.toLocaleString('en')]);
  return marked === null ? t('brain.sight.address') : t('brain.sight.selection');
}
