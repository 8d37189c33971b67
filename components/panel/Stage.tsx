import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { t } from '@/lib/words';
import './Stage.css';

export interface StageProps {
  readonly children: ComponentChildren;
  /** Where a vendor's video goes: over the portrait, in the same frame. */
  readonly stage: HTMLElement;
  /** A bust beside the caption instead of the full portrait. */
  readonly small: boolean;
  readonly speaking: boolean;
  readonly canStop: boolean;
  readonly muted: boolean;
  /** The browser wants a click before anything may be heard. */
  readonly blocked: boolean;
  readonly asleep: boolean;
  readonly onStop: () => void;
  readonly onMute: (muted: boolean) => void;
  readonly onWake: () => void;
  readonly onGrow: () => void;
}

/** The frame with the face, and the few things one does to a face. */
export function Stage(props: StageProps) {
  const { stage, small, speaking, canStop, muted, blocked, asleep } = props;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.append(stage), [stage]);
  return (
    <div class={small ? 'stage stage-small' : 'stage'}>
      <div class="stage-frame" ref={frame}>
        {props.children}
      </div>
      {small && (
        <button type="button" class="stage-grow" onClick={props.onGrow}>
          <span class="unseen">{t('panel.grow')}</span>
        </button>
      )}
      {blocked && (
        <button type="button" class="stage-hear" onClick={() => props.onMute(false)}>
          <Icon name="sound" size={16} /> {t('panel.tapToHear')}
        </button>
      )}
      {asleep && (
        <button type="button" class="stage-hear" onClick={props.onWake}>
          {t('panel.wake')}
        </button>
      )}
      <div class="stage-tools">
        <button
          type="button"
          class="stage-tool"
          aria-pressed={muted}
          onClick={() => props.onMute(!muted)}
        >
          <Icon name={muted ? 'muted' : 'sound'} size={18} />
          <span class="unseen">{t('panel.mute')}</span>
        </button>
        {speaking && canStop && (
          <button type="button" class="stage-tool stage-stop" onClick={props.onStop}>
            <Icon name="stop" size={18} /> <span class="stage-word">{t('panel.stop')}</span>
          </button>
        )}
      </div>
    </div>
  );
}
