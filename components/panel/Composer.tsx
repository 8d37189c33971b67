import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { t } from '@/lib/words';
import './Composer.css';

export interface ComposerProps {
  readonly draft: string;
  readonly placeholder: string;
  /** A change of this number moves the focus here: the reader was invited to type. */
  readonly focusAt: number;
  readonly onDraft: (draft: string) => void;
  readonly onSend: () => void;
  /** ↑ in an empty field: the reader wants the last question back. */
  readonly onLast: () => void;
  readonly onFocus: (typing: boolean) => void;
  /** Another way to ask, beside the field. */
  readonly children?: ComponentChildren;
}

/** One line that grows. Enter sends, Shift+Enter breaks the line, ↑ brings the last question back. */
export function Composer(props: ComposerProps) {
  const { draft, placeholder, focusAt, onDraft, onSend, onLast, onFocus, children } = props;
  const field = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [draft]);

  useLayoutEffect(() => {
    if (focusAt > 0) field.current?.focus();
  }, [focusAt]);

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter and ↑ are its own.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (draft.trim() !== '') onSend();
    } else if (event.key === 'ArrowUp' && draft === '') {
      event.preventDefault();
      onLast();
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.trim() !== '') onSend();
      }}
    >
      <label class="unseen" for="question">
        {t('panel.question')}
      </label>
      <textarea
        id="question"
        ref={field}
        rows={1}
        dir="auto"
        value={draft}
        placeholder={placeholder}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={() => onFocus(true)}
        onBlur={() => onFocus(false)}
      />
      {children}
      <button type="submit" class="composer-send" disabled={draft.trim() === ''}>
        <Icon name="send" />
        <span class="unseen">{t('panel.send')}</span>
      </button>
    </form>
  );
}
