import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '@/components/icons';
import type { AdmissionState } from '@/lib/ears/admission';
import { t } from '@/lib/words';

export interface MicrophonePageProps {
  /** The portrait. */
  readonly children: ComponentChildren;
  readonly state: ReadonlySignal<AdmissionState>;
  readonly family: 'chrome' | 'edge' | 'firefox';
  readonly onAsk: () => void;
}

/** Asks for the microphone where a panel may not, says why, and is gone once the panel has it. */
export function MicrophonePage({ children, state, family, onAsk }: MicrophonePageProps) {
  const now = state.value;
  const isSettled = now === 'holding' || now === 'open' || now === 'done';
  return (
    <main class={isSettled ? 'ask ask-settled' : 'ask'}>
      <div class="ask-portrait">{children}</div>
      <p class="ask-name">Visavis</p>
      <h1>{t(now === 'denied' ? 'microphone.denied' : 'microphone.heading')}</h1>
      {now !== 'denied' && <p class="ask-why">{t('microphone.why')}</p>}
      {now === 'ask' && <p>{t('microphone.how')}</p>}
      {now === 'denied' && (
        <>
          <ol class="ask-steps">
            {(['a', 'b', 'c'] as const).map((step) => (
              <li key={step}>{t(`microphone.steps.${family}.${step}`)}</li>
            ))}
          </ol>
          <p class="hint">{t('microphone.system')}</p>
        </>
      )}
      {/* Always there, so that screen readers hear it fill. */}
      <output class="ask-word">{word(now)}</output>
      {!isSettled && now !== 'asking' && now !== 'none' && (
        <button type="button" class="button button-main" onClick={onAsk}>
          <Icon name="microphone" size={18} />
          {t(now === 'denied' ? 'microphone.retry' : 'microphone.ask')}
        </button>
      )}
      {!isSettled && <p class="hint">{t('microphone.typing')}</p>}
    </main>
  );
}

function word(state: AdmissionState): string | null {
  return state === 'ask' || state === 'denied' ? null : t(`microphone.${state}`);
}
