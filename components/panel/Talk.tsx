import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Said, type SaidProps } from '@/components/panel/Said';
import type { PageStamp, Quote } from '@/lib/page/page';
import type { Message } from '@/lib/transcript/message';
import type { Place } from '@/lib/transcript/place';
import { t } from '@/lib/words';
import './Talk.css';

export interface TalkProps {
  readonly messages: readonly Message[];
  readonly thinking: boolean;
  readonly conversation: string;
  /** Where to begin: the message at the upper edge; null: at the end. */
  readonly place: Place['at'];
  /** More was said before the first message. */
  readonly hasEarlier: boolean;
  readonly onEarlier: () => Promise<void>;
  /** The reader came to rest here. */
  readonly onStay: (place: Place['at']) => void;
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
/** Within this many pixels of the beginning, what was said before is brought. */
const nearTop = 240;
/** Without scrolling for so long, ms, the reader has come to rest. */
const rest = 200;

/** The talk: no bubbles, names in small capitals, quotes as footnotes. */
export function Talk(props: TalkProps) {
  const { messages, thinking, children, onScroll, onAsk, onQuote, onCopy, onRemove } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const drawn = useRef(new WeakMap<Message, VNode<SaidProps>>());
  const rested = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const last = messages.at(-1);
  const begun = messages.length > 0 ? props.conversation : '';

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [messages, thinking]);

  // Another conversation, or the one of last time: where the reader was.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || begun === '') return;
    const there = props.place && findMessage(element, props.place.message);
    follows.current = !there;
    element.scrollTop = there
      ? there.offsetTop - element.offsetTop + (props.place?.above ?? 0)
      : element.scrollHeight;
  }, [begun, props.place]);

  useEffect(() => () => clearTimeout(rested.current), []);

  const bringEarlier = async (element: HTMLElement) => {
    // What stands there now stays where it is while more comes in above it.
    const below = element.scrollHeight - element.scrollTop;
    await props.onEarlier();
    requestAnimationFrame(() => {
      element.scrollTop = element.scrollHeight - below;
    });
  };

  // What the reader just asked is always brought into view.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || last?.who !== 'reader') return;
    follows.current = true;
    element.scrollTop = element.scrollHeight;
  }, [last?.id]);

  /** While an answer grows, twenty times a second, nothing else is drawn again. */
  const saidOf = (message: Message, pageBefore: PageStamp | null) => {
    const known = drawn.current.get(message);
    if (known?.props.pageBefore === pageBefore) return known;
    const said = (
      <Said
        key={message.id}
        message={message}
        pageBefore={pageBefore}
        onAsk={onAsk}
        onQuote={onQuote}
        onCopy={onCopy}
        onRemove={onRemove}
      />
    );
    drawn.current.set(message, said);
    return said;
  };

  return (
    <div
      class="talk"
      ref={scroller}
      role="log"
      aria-live="off"
      aria-label={t('panel.talk')}
      // A scrolling region must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        const { scrollTop, scrollHeight, clientHeight } = currentTarget;
        follows.current = scrollHeight - scrollTop - clientHeight < atEnd;
        if (props.hasEarlier && scrollTop < nearTop) void bringEarlier(currentTarget);
        clearTimeout(rested.current);
        rested.current = setTimeout(() => {
          props.onStay(follows.current ? null : placeIn(currentTarget));
        }, rest);
      }}
      onWheel={({ deltaY }) => onScroll(deltaY < 0)}
      onTouchMove={() => onScroll(true)}
      onKeyDown={({ key }) => {
        if (key === 'PageUp' || key === 'ArrowUp' || key === 'Home') onScroll(true);
      }}
    >
      {props.hasEarlier && (
        <button
          type="button"
          class="talk-earlier"
          onClick={() => scroller.current && void bringEarlier(scroller.current)}
        >
          {t('panel.earlier')}
        </button>
      )}
      <ol class="talk-list">
        {messages.map((message, index) => saidOf(message, messages[index - 1]?.page ?? null))}
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

const findMessage = (list: HTMLElement, id: string) =>
  [...list.querySelectorAll<HTMLElement>('.said')].find(({ dataset }) => dataset['id'] === id);

/** The message at the upper edge. */
function placeIn(list: HTMLElement): Place['at'] {
  const edge = list.scrollTop + list.offsetTop;
  for (const said of list.querySelectorAll<HTMLElement>('.said')) {
    const { id } = said.dataset;
    if (id !== undefined && said.offsetTop + said.offsetHeight > edge) {
      return { message: id, above: Math.round(edge - said.offsetTop) };
    }
  }
  return null;
}
