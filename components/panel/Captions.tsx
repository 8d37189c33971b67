import { captionAt, type Spoken } from '@/lib/panel/caption';
import type { CaptionSize } from '@/lib/settings';
import './Captions.css';

export interface CaptionsProps {
  /** Null when nothing is being said: then the hint stands there instead. */
  readonly spoken: Spoken | null;
  /** Beside a bust there is room for half as much. */
  readonly small: boolean;
  readonly hint: string;
  /** What was understood of the reader so far, while they speak; it may change. */
  readonly understood?: string | null;
  readonly size?: CaptionSize;
}

/**
 * The words being said, the one being spoken darker than the rest. Hidden from screen readers:
 * they get whole turns, not words.
 */
export function Captions(props: CaptionsProps) {
  const { spoken, small, hint, understood = null, size = 'medium' } = props;
  const room = Math.round((small ? 36 : 66) / times[size]);
  const caption = spoken && captionAt(spoken, room);
  return (
    <div class="captions" data-size={size} aria-hidden="true">
      <p dir="auto">
        {understood !== null && understood !== '' ? (
          <span class="captions-interim">{latest(understood, room)}</span>
        ) : caption ? (
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

/** How much larger than medium; `Captions.css` has the same numbers. */
const times: Readonly<Record<CaptionSize, number>> = { small: 0.85, medium: 1, large: 1.35 };

/** Its end, from a word on. */
function latest(text: string, room: number): string {
  if (text.length <= room) return text;
  return `…${text.slice(-room).replace(/^\S*/u, '')}`;
}
