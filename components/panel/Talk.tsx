import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Said } from '@/components/panel/Said';
import type { Quote } from '@/lib/page/page';
import type { Message } from '@/lib/transcript/message';
import { t } from '@/lib/words';
import './Talk.css';

export interface TalkProps {
  readonly messages: readonly Message[];
  readonly thinking: boolean;
  /** What stands below the last message: what one could ask. */
  readonly children?: ComponentChildren;
  /** The reader scrolls in the talk: the portrait makes room. */
  readonly onScroll: (up: boolean) => void;
  readonly onAsk: (question: string) => void;
  readonly onQuote: (message: Message, quote: Quote) => void;
  readonly onCopy: (message: Message) => void;
  readonly onRemove: (message: Message) => void;
}

/** Within this many pixels of the end the talk follows what is said. */
const atEnd = 32;

/** The talk: no bubbles, names in small capitals, quotes as footnotes. */
export function Talk(props: TalkProps) {
  const { messages, thinking, children, onScroll, onAsk, onQuote, onCopy, onRemove } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const last = messages.at(-1);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [messages, thinking]);

  // What the reader just asked is always brought into view.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || last?.who !== 'reader') return;
    follows.current = true;
    element.scrollTop = element.scrollHeight;
  }, [last?.id]);

  return (
    <div
      class="talk"
      ref={scroller}
      role="log"
      aria-live="off"
      aria-label={t('panel.talk')}
      // A scrolling region must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < atEnd;
      }}
      onWheel={({ deltaY }) => onScroll(deltaY < 0)}
      onTouchMove={() => onScroll(true)}
      onKeyDown={({ key }) => {
        if (key === 'PageUp' || key === 'ArrowUp' || key === 'Home') onScroll(true);
      }}
    >
      <ol class="talk-list">
        {messages.map((message, index) => (
          <Said
            key={message.id}
            message={message}
            pageBefore={messages[index - 1]?.page ?? null}
            onAsk={onAsk}
            onQuote={onQuote}
            onCopy={onCopy}
            onRemove={onRemove}
          />
        ))}
        {thinking && (
          <li class="talk-thinking" aria-hidden="true">
            <span />
            <span />
            <span />
          </li>
        )}
      </ol>
      {children}
    </div>
  );
}
