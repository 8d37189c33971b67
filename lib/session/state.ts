import type { Ending, Lifecycle, Step } from '@/lib/session/provider';

export type SessionState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly step: Step; readonly percent: number | null }
  | { readonly status: 'live' }
  | { readonly status: 'reconnecting' }
  | { readonly status: 'ended'; readonly ending: Ending };

export type SessionEvent = { readonly type: 'start' } | { readonly type: 'opened' } | Lifecycle;

/** The whole life. An event that makes no sense in a state leaves it as it is. */
export function next(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'start':
      return state.status === 'idle' || state.status === 'ended'
        ? { status: 'connecting', step: 'grant', percent: null }
        : state;
    case 'progress':
      return state.status === 'connecting'
        ? { status: 'connecting', step: event.step, percent: event.percent }
        : state;
    case 'opened':
      return state.status === 'connecting' ? { status: 'live' } : state;
    case 'dropped':
      return state.status === 'live' ? { status: 'reconnecting' } : state;
    case 'restored':
      return state.status === 'reconnecting' ? { status: 'live' } : state;
    case 'ended':
      return state.status === 'idle' || state.status === 'ended'
        ? state
        : { status: 'ended', ending: event.ending };
  }
}
