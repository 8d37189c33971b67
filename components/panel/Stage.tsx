import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
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
  /** Whose face this is. */
  readonly name: string;
  /** Whether the avatar's own picture can be seen. */
  readonly video: 'none' | 'shown' | 'stalled';
  /** It needs a network, and there is surely none. */
  readonly offline: boolean;
  /** The way to it can be given up; null where there is no way to go. */
  readonly onCancel: (() => void) | null;
  /** The room for its picture, CSS px. */
  readonly onRoom: (width: number, height: number) => void;
  /** It is in a window of its own: the way back. Null while it is here. */
  readonly onPopIn: (() => void) | null;
  /** Into a window of its own; null where there is nothing to show there. */
  readonly onPopOut: (() => void) | null;
  readonly onStop: () => void;
  readonly onMute: (muted: boolean) => void;
  readonly onWake: () => void;
  readonly onGrow: () => void;
}

/** The frame with the face, and the few things one does to a face. */
export function Stage(props: StageProps) {
  const { stage, small, speaking, canStop, muted, blocked, asleep, name, video } = props;
  const frame = useRef<HTMLDivElement>(null);
  const onRoom = useRef(props.onRoom);
  useLayoutEffect(() => {
    onRoom.current = props.onRoom;
  });
  const isAway = props.onPopIn !== null;
  useEffect(() => {
    if (isAway) return;
    frame.current?.append(stage);
    // A video that changes its document stands still until it is told to go on.
    for (const video of stage.querySelectorAll('video')) void video.play().catch(() => undefined);
    stage.classList.add('stage-video');
    // What it shows is said by the portrait's name, which stays.
    stage.ariaHidden = 'true';
  }, [stage, isAway]);
  useEffect(() => {
    stage.dataset['video'] = video;
  }, [stage, video]);
  useEffect(() => {
    const watched = frame.current;
    if (!watched) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      onRoom.current(Math.round(width), Math.round(height));
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return (
    <div class={small ? 'stage stage-small' : 'stage'}>
      <div class="stage-frame" ref={frame}>
        {isAway ? (
          <div class="stage-away">
            <span>{t('panel.poppedOut', [name])}</span>
            <button type="button" class="button" onClick={() => props.onPopIn?.()}>
              {t('panel.popIn')}
            </button>
          </div>
        ) : (
          props.children
        )}
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
      {video === 'stalled' && (
        <output class="stage-word-over">
          {t(props.offline ? 'hint.offline' : 'panel.frozen')}
        </output>
      )}
      {props.onCancel && (
        <button type="button" class="stage-hear" onClick={props.onCancel}>
          {t('panel.cancel')}
        </button>
      )}
      {asleep && (
        <button type="button" class="stage-hear" onClick={props.onWake}>
          {t('panel.wake', [name])}
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
        {props.onPopOut && (
          <button
            type="button"
            class="stage-tool"
            title={t('panel.popOut')}
            onClick={props.onPopOut}
          >
            <Icon name="pop-out" size={18} />
            <span class="unseen">{t('panel.popOut')}</span>
          </button>
        )}
        {speaking && canStop && (
          <button type="button" class="stage-tool stage-stop" onClick={props.onStop}>
            <Icon name="stop" size={18} /> <span class="stage-word">{t('panel.stop')}</span>
          </button>
        )}
      </div>
    </div>
  );
}
