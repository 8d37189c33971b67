import type { PageSight } from '@/lib/page/sight';
import type { ListeningState } from '@/lib/panel/listening';
import type { Step } from '@/lib/session/provider';
import { reasonOf } from '@/lib/panel/ending';
import type { Activity } from '@/lib/session/session';
import type { SessionState } from '@/lib/session/state';
import { t } from '@/lib/words';

/** Who is there, and what a reader who waits wants to know. */
export interface Company {
  /** What the microphone does. */
  readonly ear: ListeningState;
  readonly name: string;
  /** It comes from a service: finding it takes several steps. */
  readonly abroad: boolean;
  /** Seconds until a lost line is tried again; null while it is being tried. */
  readonly seconds: number | null;
  /** There is no network at all. */
  readonly offline: boolean;
  /** After how many minutes of silence it goes. */
  readonly idleMinutes: number;
  /** Waking takes longer than it mostly does. */
  readonly slow: boolean;
  /** The reader has yet to agree to talk to it. */
  readonly strange: boolean;
}

/** What is going on, in a few words: the line that is never empty. */
export function stateLine(
  state: SessionState,
  activity: Activity,
  typing: boolean,
  { name, abroad, seconds, offline, ear }: Company,
): string {
  switch (state.status) {
    case 'idle':
      return t('state.asleep');
    case 'connecting':
      return abroad
        ? progress(t(`finding.${state.step}`, [name]), state.step, state.percent)
        : t(`state.${state.step}`, [name]);
    case 'reconnecting':
      if (offline) return t('state.offline');
      return seconds === null ? t('state.reconnecting') : t('state.tryingIn', [String(seconds)]);
    case 'ended':
      return t(`state.endedBy.${reasonOf(state.ending, abroad)}`);
    case 'live':
      // The line has not noticed yet, but nothing can get through it.
      if (offline) return t('state.offline');
      switch (activity) {
        case 'thinking':
          return t('state.thinking');
        case 'speaking':
          return t('state.speaking');
        case 'quiet':
          if (ear === 'hearing') return t('listening.hearing');
          return typing || ear === 'ready' ? t('state.listening') : t('state.attentive');
      }
  }
}

const steps: readonly Step[] = ['grant', 'loading', 'connecting', 'preparing', 'media'];

function progress(line: string, step: Step, percent: number | null): string {
  return percent === null
    ? t('finding.of', [line, String(steps.indexOf(step) + 1), String(steps.length)])
    : t('finding.percent', [line, String(Math.round(percent))]);
}

/** What stands under the portrait while nothing is said: what to do next. */
export function hintFor(
  state: SessionState,
  sight: PageSight,
  { name, abroad, slow, strange, offline, idleMinutes }: Company,
): string {
  if (strange) return t('hint.meeting', [name]);
  if (state.status === 'connecting' && slow) return t('hint.slow', [name]);
  if (state.status === 'connecting') return t('hint.connecting', [name]);
  if (offline && (state.status === 'live' || state.status === 'reconnecting')) {
    return t('hint.offline');
  }
  if (state.status === 'reconnecting') return t('hint.reconnecting');
  if (state.status === 'ended') {
    return t(`hint.ended.${reasonOf(state.ending, abroad)}`, [name, String(idleMinutes)]);
  }
  if (state.status === 'idle') return t('hint.asleep');
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
  const seen = marked || (sight.kind === 'page' && sight.rule.rung !== 'nothing');
  return seen ? t('placeholder.seen') : t('placeholder.anything');
}

/** What one could ask first, about the page where there is one. */
export function suggestionsFor(sight: PageSight): readonly string[] {
  const read = sight.kind === 'page' && sight.rule.rung === 'page';
  return read ? [t('ask.page'), t('ask.summary'), t('ask.abilities')] : [t('ask.abilities')];
}
