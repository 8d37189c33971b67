import { captionAt, type Spoken } from '@/lib/panel/caption';
import './Captions.css';

export interface CaptionsProps {
  /** Null when nothing is being said: then the hint stands there instead. */
  readonly spoken: Spoken | null;
  /** Beside a bust there is room for half as much. */
  readonly small: boolean;
  readonly hint: string;
}

/**
 * The words being said, the one being spoken darker than the rest. Hidden from screen readers:
 * they get whole turns, not words.
 */
export function Captions({ spoken, small, hint }: CaptionsProps) {
  const caption = spoken && captionAt(spoken, small ? 36 : 66);
  return (
    <div class="captions" aria-hidden="true">
      <p dir="auto">
        {caption ? (
          <>
            {caption.before}
            <b>{caption.word}</b>
            {caption.after}
          </>
        ) : (
          <i>{hint}</i>
        )}
      </p>
    </div>
  );
}
