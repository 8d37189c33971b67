import { chooseVoice } from '@/lib/voice/choose';

/** The voices of this machine, asked for early, since the first answer is an empty list. */
export interface Voices {
  /** Null where none fits, or where the browser has not fetched its list yet. */
  find(language: string): SpeechSynthesisVoice | null;
  close(): void;
}

/** `came` is called when the list has come or changed; in Firefox it comes in pieces. */
export function createVoices(
  synthesis: SpeechSynthesis | undefined,
  { uri, allowRemote, came }: { uri: string | null; allowRemote: boolean; came: () => void },
): Voices {
  // Choosing among 13,000 is quick, fetching the list is not: the choice is kept.
  const chosen = new Map<string, SpeechSynthesisVoice | null>();
  const changed = () => {
    chosen.clear();
    came();
  };
  synthesis?.getVoices();
  synthesis?.addEventListener('voiceschanged', changed);
  return {
    find(language) {
      const known = chosen.get(language);
      if (known !== undefined || !synthesis) return known ?? null;
      const voice = chooseVoice(synthesis.getVoices(), { language, uri, allowRemote });
      chosen.set(language, voice);
      return voice;
    },
    close() {
      synthesis?.removeEventListener('voiceschanged', changed);
    },
  };
}
