import type { Caption } from '@/lib/panel/caption';
import './Captions.css';

export interface CaptionsProps {
  /** Null when nothing is being said: then the hint stands there instead. */
  readonly caption: Caption | null;
  readonly hint: string;
}

/**
 * The words being said, the one being spoken darker than the rest. Hidden from screen readers:
 * they get whole turns, not words.
 */
export function Captions({ caption, hint }: CaptionsProps) {
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
