import { effect, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Hearing } from '@/lib/panel/hearing';
import type { Notices } from '@/lib/panel/notice';
import type { Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';
import { t } from '@/lib/words';

export interface VoicingOptions {
  readonly session: Session;
  readonly hearing: Hearing;
  readonly notices: Notices;
  readonly muted: Signal<boolean>;
  /** Whether the avatar lives elsewhere: the one on this device is made of its settings. */
  readonly abroad: ReadonlySignal<boolean>;
}

/** How the avatar sounds, as it is set here, in another window or in the options. */
export interface Voicing {
  mute(muted: boolean): Promise<void>;
  dispose(): void;
}

export function createVoicing(options: VoicingOptions): Voicing {
  const { session, hearing, notices, muted, abroad } = options;

  async function tellVoiceless(): Promise<void> {
    if (await settings.voicelessTold.get()) return;
    if (!notices.current.peek()) notices.show({ text: t('voice.none'), calm: true, action: null });
    await settings.voicelessTold.set(true);
  }

  /** A voice on this device is made of its settings; one from elsewhere can be turned up and down. */
  function revoice(stored: settings.VoiceSettings, before: settings.VoiceSettings): void {
    if (abroad.peek()) {
      if (stored.volume !== before.volume) session.volume(stored.volume).catch(notices.fail);
    } else if (isOther(stored, before)) {
      session.renew().catch(notices.fail);
    }
  }

  const stops = [
    effect(() => {
      if (hearing.voice.value === 'none' && !abroad.value) tellVoiceless().catch(notices.fail);
    }),
    settings.voice.watch((stored, before) => {
      if (stored.muted !== muted.peek()) {
        muted.value = stored.muted;
        session.mute(stored.muted).catch(notices.fail);
      }
      revoice(stored, before);
    }),
    settings.brain.watch(() => {
      if (!abroad.peek()) session.renew().catch(notices.fail);
    }),
  ];

  return {
    async mute(value) {
      muted.value = value;
      try {
        await session.mute(value);
        await settings.voice.set({ ...(await settings.voice.get()), muted: value });
      } catch (error) {
        notices.fail(error);
      }
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}

/** Another voice, or the same in another manner. */
function isOther(one: settings.VoiceSettings, other: settings.VoiceSettings): boolean {
  return one.uri !== other.uri || one.rate !== other.rate || one.volume !== other.volume;
}
