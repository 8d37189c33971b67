import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { useMenu } from '@/components/panel/menu';
import type { ConversationsProps } from '@/components/panel/Conversations';
import type { Found } from '@/lib/transcript/search';
import { t } from '@/lib/words';

type KeptProps = ConversationsProps & { readonly row: Found };

/** One conversation in the list, with what can be done with it. */
export function Kept(props: KeptProps) {
  const { row, current, language, now } = props;
  const [renaming, setRenaming] = useState(false);
  const { conversation, message, excerpt } = row;
  const { id, title, pinned } = conversation;
  const when = message?.at ?? conversation.lastAt;
  if (renaming) {
    return (
      <li class="kept">
        <Rename
          title={title}
          onDone={(name) => {
            setRenaming(false);
            if (name !== null) props.onRename(id, name);
          }}
        />
      </li>
    );
  }
  return (
    <li class={id === current ? 'kept kept-current' : 'kept'}>
      <button
        type="button"
        class="kept-open"
        aria-current={id === current ? 'true' : undefined}
        onClick={() => props.onPick(id, message?.id)}
      >
        <span class="kept-title" dir="auto">
          {pinned === true && <Icon name="pin" size={14} />}
          {title || t('library.untitled')}
        </span>
        {excerpt && (
          <span class="kept-excerpt" dir="auto">
            {excerpt.before}
            <mark>{excerpt.hit}</mark>
            {excerpt.after}
          </span>
        )}
        <time class="kept-when" dateTime={new Date(when).toISOString()}>
          {moment(when, now, language)}
        </time>
      </button>
      <Menu {...props} onRenaming={() => setRenaming(true)} />
    </li>
  );
}

function Menu(props: KeptProps & { readonly onRenaming: () => void }) {
  const { row, onRenaming } = props;
  const { id, title, pinned } = row.conversation;
  const { menu, close, pick, onFocusOut } = useMenu();
  return (
    <details
      class="menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        // This closes the menu alone, not the list behind it.
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
      onFocusOut={onFocusOut}
    >
      <summary class="quiet-button" title={t('library.menu')}>
        <Icon name="more" size={18} />
        <span class="unseen">{t('library.menuOf', [title || t('library.untitled')])}</span>
      </summary>
      <div class="menu-items">
        <button type="button" onClick={pick(onRenaming)}>
          {t('library.rename')}
        </button>
        <button type="button" onClick={pick(() => props.onPin(id, pinned !== true))}>
          {pinned === true ? t('library.unpin') : t('library.pin')}
        </button>
        <button type="button" onClick={pick(() => props.onSave(id, 'markdown'))}>
          {t('library.markdown')}
        </button>
        <button type="button" onClick={pick(() => props.onSave(id, 'json'))}>
          {t('library.json')}
        </button>
        <button type="button" onClick={pick(() => props.onSave(id, 'webvtt'))}>
          {t('library.webvtt')}
        </button>
        <button type="button" onClick={pick(() => props.onDrop(id))}>
          {t('library.drop')}
        </button>
      </div>
    </details>
  );
}

/** The title as a field. Enter keeps it, Esc does not, and leaving it does. */
function Rename(props: { readonly title: string; readonly onDone: (name: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useLayoutEffect(() => field.current?.select(), []);
  const done = (name: string | null) => {
    if (over.current) return;
    over.current = true;
    props.onDone(name);
  };
  return (
    <label class="kept-rename">
      <span class="unseen">{t('library.name')}</span>
      <input
        ref={field}
        dir="auto"
        defaultValue={props.title}
        maxLength={120}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') done(event.currentTarget.value);
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          done(null);
        }}
        onBlur={(event) => done(event.currentTarget.value)}
      />
    </label>
  );
}

/** The time of a day that is over says nothing; its date does. */
function moment(at: number, now: number, language: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(
    language,
    isToday ? { timeStyle: 'short' } : { day: 'numeric', month: 'short' },
  ).format(at);
}
