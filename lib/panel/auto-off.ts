import { effect, type ReadonlySignal } from '@preact/signals';
import type { Microphone } from '@/lib/ears/microphone';
import type { Session } from '@/lib/session/session';
import type { EarsSettings } from '@/lib/settings';
import type { Clock } from '@/lib/voice/clock';
import { t } from '@/lib/words';

/** An open microphone in which nobody has spoken for as long as the reader likes goes off. @returns the way to stop. */
export function switchOffInSilence(options: {
  readonly session: Session;
  readonly microphone: Microphone;
  readonly kept: ReadonlySignal<EarsSettings>;
  readonly clock: Clock;
  /** @param silence - how long it was, in words. */
  readonly off: (silence: string) => void;
}): () => void {
  const { session, microphone, kept, clock, off } = options;
  return effect(() => {
    const { autoOff } = kept.value;
    const busy = microphone.speaking.value || session.activity.value !== 'quiet';
    if (microphone.ear.value?.mode !== 'open' || autoOff === 0 || busy) return undefined;
    return clock.after(autoOff * 1000, () => off(duration(autoOff)));
  });
}

function duration(seconds: number): string {
  if (seconds % 60 !== 0) return t('listening.seconds', [String(seconds)]);
  const minutes = seconds / 60;
  return t('listening.minutes', minutes);
}
