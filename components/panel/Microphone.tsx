import { useSignalEffect, type ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '@/components/icons';
import type { Ear } from '@/lib/ears/ear';
import type { ListeningState } from '@/lib/panel/listening';
import { t } from '@/lib/words';
import './Microphone.css';

export interface MicrophoneProps {
  readonly state: ListeningState;
  /** What the button does: hold it while speaking, or press it once. */
  readonly mode: Ear['mode'];
  /** How loud the reader is, 0 to 1. A signal, since it changes many times a second. */
  readonly level: ReadonlySignal<number>;
  readonly onPress: () => void;
  readonly onRelease: () => void;
  readonly onToggle: () => void;
}

/** Held or pressed to talk. A ring around it breathes with the reader's voice. */
export function Microphone(props: MicrophoneProps) {
  const { state, mode, level, onPress, onRelease, onToggle } = props;
  const button = useRef<HTMLButtonElement>(null);
  useSignalEffect(() => {
    button.current?.style.setProperty('--level', level.value.toFixed(2));
  });
  const isOn = state !== 'off';
  const name = mode === 'hold' ? 'hold' : isOn ? 'stop' : 'talk';
  return (
    <button
      type="button"
      ref={button}
      class="microphone"
      data-state={state}
      aria-pressed={isOn}
      title={t(`listening.${name}`)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        // Let go anywhere it is let go.
        event.currentTarget.setPointerCapture(event.pointerId);
        onPress();
      }}
      onPointerUp={onRelease}
      onPointerCancel={onRelease}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        if (!event.repeat) onPress();
      }}
      onKeyUp={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onRelease();
      }}
      onBlur={onRelease}
      onClick={(event) => {
        // By voice control or a screen reader, which hold nothing.
        if (event.detail === 0) onToggle();
      }}
    >
      <Icon name="microphone" />
      <span class="unseen">{t(`listening.${name}`)}</span>
    </button>
  );
}
