import { signal, type ReadonlySignal } from '@preact/signals';
import type { VoiceSettings } from '@/lib/settings';
import { chooseVoice, voicesForPicker, type VoiceGroup } from '@/lib/voice/choose';
import { t } from '@/lib/words';

export interface Voices {
  /** Null until the browser has had its time to find some. */
  readonly groups: ReadonlySignal<readonly VoiceGroup[] | null>;
  /** Speaks a sentence as the settings are now. */
  readonly hear: (settings: VoiceSettings) => void;
}

/** Chromium lists its voices only after a while, and says so; where there are none it says nothing. */
const patience = 1_500;

export function findVoices(language: string, picked: string | null): Voices {
  const groups = signal<readonly VoiceGroup[] | null>(null);
  const look = () => {
    groups.value = voicesForPicker(speechSynthesis.getVoices(), language, picked);
  };
  if (speechSynthesis.getVoices().length > 0) look();
  else setTimeout(look, patience);
  speechSynthesis.addEventListener('voiceschanged', look);
  return {
    groups,
    hear({ uri, rate, volume }) {
      const voices = speechSynthesis.getVoices();
      const sample = new SpeechSynthesisUtterance(t('options.voice.sample'));
      const voice =
        voices.find(({ voiceURI, localService }) => localService && voiceURI === uri) ??
        chooseVoice(voices, { language });
      if (!voice) return;
      Object.assign(sample, { voice, lang: voice.lang, rate, volume });
      speechSynthesis.cancel();
      speechSynthesis.speak(sample);
    },
  };
}
