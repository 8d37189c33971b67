import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Captions } from '@/components/panel/Captions';
import { Icon } from '@/components/icons';
import type { Spoken } from '@/lib/panel/caption';
import { t } from '@/lib/words';
import './PoppedOut.css';

export interface PoppedOutProps {
  /** The portrait. */
  readonly children: ComponentChildren;
  /** Where a vendor's video is, over the portrait. */
  readonly stage: HTMLElement;
  readonly spoken: Spoken | null;
  /** What is going on, in words. */
  readonly line: string;
  readonly speaking: boolean;
  readonly canStop: boolean;
  readonly muted: boolean;
  readonly onStop: () => void;
  readonly onMute: (muted: boolean) => void;
  readonly onBack: () => void;
}

/** The avatar in a small window of its own, above whatever else is on the screen. */
export function PoppedOut(props: PoppedOutProps) {
  const { stage, spoken, line, speaking, canStop, muted } = props;
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    frame.current?.append(stage);
    // A video that changes its document stands still until it is told to go on.
    for (const video of stage.querySelectorAll('video')) void video.play().catch(() => undefined);
  }, [stage]);
  return (
    <main class="popped">
      <div class="stage-frame popped-frame" ref={frame}>
        {props.children}
      </div>
      {spoken ? <Captions spoken={spoken} small={false} hint="" /> : null}
      <p class="popped-tools">
        <output>{line}</output>
        {speaking && canStop && (
          <button type="button" class="quiet-button" onClick={props.onStop}>
            <Icon name="stop" size={18} />
            <span class="unseen">{t('panel.stop')}</span>
          </button>
        )}
        <button
          type="button"
          class="quiet-button"
          aria-pressed={muted}
          onClick={() => props.onMute(!muted)}
        >
          <Icon name={muted ? 'muted' : 'sound'} size={18} />
          <span class="unseen">{t('panel.mute')}</span>
        </button>
        <button type="button" class="quiet-button" title={t('panel.popIn')} onClick={props.onBack}>
          <Icon name="pop-in" size={18} />
          <span class="unseen">{t('panel.popIn')}</span>
        </button>
      </p>
    </main>
  );
}
