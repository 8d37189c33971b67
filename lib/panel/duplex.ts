import { effect, untracked, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Guard } from '@/lib/ears/activity';
import type { Ear } from '@/lib/ears/ear';
import type { Microphone } from '@/lib/ears/microphone';
import type { Session } from '@/lib/session/session';
import type { EarsSettings } from '@/lib/settings';
import type { Clock } from '@/lib/voice/clock';

/** ms for which the avatar's last sound still stands in the room. */
const fading = 300;

/**
 * An open microphone while the avatar speaks: deaf where the avatar would hear itself, and on guard
 * against its echo where it can be cut in on. An avatar that can be held is silent from the first
 * sign of a voice on. @returns the way to stop.
 */
export function createDuplex(options: {
  readonly session: Session;
  readonly microphone: Microphone;
  readonly kept: ReadonlySignal<EarsSettings>;
  readonly clock: Clock;
  /** Told. */
  readonly deaf: Signal<boolean>;
}): () => void {
  const { session, microphone, kept, clock, deaf } = options;

  /** Whether the avatar would hear itself. */
  function isHalf(heard: Ear): boolean {
    const { duplex } = kept.value;
    if (duplex !== 'auto') return duplex === 'half';
    // The voices of the system do not pass through the browser, so it cannot take them out.
    if (session.provider.value === 'local') return true;
    return !heard.track.getSettings().echoCancellation;
  }

  let isQuiet = true;
  function be(now: 'deaf' | Guard): void {
    deaf.value = now === 'deaf';
    microphone.deafen(now === 'deaf');
    microphone.guard(now === 'deaf' ? 'off' : now);
  }

  const stops = [
    effect(() => {
      const speaks = session.activity.value === 'speaking';
      const heard = microphone.ear.value;
      const half = heard !== null && heard.mode === 'open' && isHalf(heard);
      const guard = session.abilities.value.hold ? 'holding' : 'on';
      if (speaks) {
        isQuiet = false;
        untracked(() => be(half ? 'deaf' : guard));
        return undefined;
      }
      if (isQuiet) return undefined;
      return clock.after(fading, () => {
        isQuiet = true;
        be('off');
      });
    }),
    effect(() => {
      const is = microphone.suspecting.value;
      untracked(() => session.hold(is));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
