import { useSignalEffect, type ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ListeningState } from '@/lib/panel/listening';
import { t } from '@/lib/words';
import './Listening.css';

export interface ListeningProps {
  readonly state: Exclude<ListeningState, 'off'>;
  readonly level: ReadonlySignal<number>;
  /** Null while a held key keeps it open: letting go is the way. */
  readonly onStop: (() => void) | null;
}

/** That the microphone is on, what it does, how loud the reader is, and the way to switch it off. */
export function Listening({ state, level, onStop }: ListeningProps) {
  const meter = useRef<HTMLSpanElement>(null);
  useSignalEffect(() => {
    meter.current?.style.setProperty('--level', level.value.toFixed(2));
  });
  const hears = state === 'ready' || state === 'hearing';
  return (
    <div class="listening" data-state={state}>
      <span class={hears ? 'meter' : 'meter meter-still'} ref={meter} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
        <i />
      </span>
      <output class="listening-word">
        {state === 'thinking' ? t('state.thinking') : t(`listening.${state}`)}
      </output>
      {onStop && (
        <button type="button" class="notice-instead" onClick={onStop}>
          {t(state === 'asking' ? 'listening.cancel' : 'listening.stop')}
        </button>
      )}
    </div>
  );
}
