import type { Gaze, Pose } from '@/lib/face/cue';
import type { ListeningState } from '@/lib/panel/listening';
import type { Activity } from '@/lib/session/session';
import type { SessionState } from '@/lib/session/state';

/** What the portrait does in a state, so that it can be read without words. */
export function poseFor(
  state: SessionState,
  activity: Activity,
  ear: ListeningState = 'off',
): Pose {
  switch (state.status) {
    case 'idle':
    case 'connecting':
      return 'asleep';
    case 'reconnecting':
      return 'troubled';
    case 'ended':
      return state.ending.by === 'error' ? 'troubled' : 'asleep';
    case 'live':
      if (activity !== 'quiet') return activity;
      return ear === 'ready' || ear === 'hearing' ? 'listening' : 'attentive';
  }
}

/** Where the eyes go: to what is typed, up and aside in thought, toward the page while pointing. */
export function gazeFor(activity: Activity, typing: boolean, pointing: boolean): Gaze {
  if (pointing) return 'page';
  if (activity === 'thinking') return 'aside';
  return typing && activity === 'quiet' ? 'composer' : 'reader';
}
