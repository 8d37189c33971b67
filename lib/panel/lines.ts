import type { PageSight } from '@/lib/page/sight';
import type { Activity } from '@/lib/session/session';
import type { SessionState } from '@/lib/session/state';
import { t } from '@/lib/words';

/** What is going on, in a few words: the line that is never empty. */
export function stateLine(state: SessionState, activity: Activity, typing: boolean): string {
  switch (state.status) {
    case 'idle':
      return t('state.asleep');
    case 'connecting':
      return t(`state.${state.step}`);
    case 'reconnecting':
      return t('state.reconnecting');
    case 'ended':
      return t(`state.endedBy.${state.ending.by}`);
    case 'live':
      switch (activity) {
        case 'thinking':
          return t('state.thinking');
        case 'speaking':
          return t('state.speaking');
        case 'quiet':
          return typing ? t('state.listening') : t('state.attentive');
      }
  }
}

/** What stands under the portrait while nothing is said: what to do next. */
export function hintFor(state: SessionState, sight: PageSight): string {
  if (state.status === 'idle' || state.status === 'ended') return t('hint.asleep');
  switch (sight.kind) {
    case 'page':
      return sight.rule.rung === 'nothing' ? t('hint.anything') : t('hint.page');
    case 'unreadable':
      return sight.selection ? t('hint.words') : t('hint.unreadable');
    case 'none':
    case 'unasked':
      return t('hint.noPage');
  }
}

/** What the empty composer invites to type. */
export function placeholderFor(sight: PageSight, marked: boolean): string {
  if (marked) return t('placeholder.marked');
  const seen = sight.kind === 'page' && sight.rule.rung !== 'nothing';
  return seen ? t('placeholder.page') : t('placeholder.anything');
}

/** What one could ask first, about the page where there is one. */
export function suggestionsFor(sight: PageSight): readonly string[] {
  const read = sight.kind === 'page' && sight.rule.rung === 'page';
  return read ? [t('ask.page'), t('ask.summary'), t('ask.abilities')] : [t('ask.abilities')];
}
