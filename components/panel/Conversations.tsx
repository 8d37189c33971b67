import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { Kept } from '@/components/panel/Kept';
import type { Conversation } from '@/lib/transcript/conversation';
import type { Format } from '@/lib/transcript/download';
import type { Found } from '@/lib/transcript/search';
import { t } from '@/lib/words';
import './Conversations.css';

export interface ConversationsProps {
  /** Pinned ones first; null until they are known. */
  readonly all: readonly Conversation[] | null;
  /** What fits the query; null while nothing is looked for. */
  readonly found: readonly Found[] | null;
  readonly query: string;
  /** The one on the screen behind this. */
  readonly current: string;
  /** The title of the one deleted last, as long as it can come back. */
  readonly dropped: string | null;
  /** BCP 47. */
  readonly language: string;
  readonly now: number;
  readonly onQuery: (query: string) => void;
  readonly onPick: (conversation: string, message?: string) => void;
  readonly onFresh: () => void;
  readonly onRename: (conversation: string, title: string) => void;
  readonly onPin: (conversation: string, pinned: boolean) => void;
  readonly onDrop: (conversation: string) => void;
  readonly onUndo: () => void;
  readonly onSave: (conversation: string, format: Format) => void;
  readonly onClose: () => void;
}

/** Drawn at once; as many again when asked for. */
const page = 100;

/** Every conversation kept, over the whole panel. */
export function Conversations(props: ConversationsProps) {
  const { all, found, query, dropped, language, now, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [most, setMost] = useState(page);
  const title = useId();

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const looked = query.trim() !== '';
  const rows: readonly Found[] = looked ? (found ?? []) : (all ?? []).map(whole);
  const shown = rows.slice(0, most);

  return (
    <dialog class="library" ref={dialog} aria-labelledby={title} onClose={onClose}>
      <header class="library-head">
        <h2 id={title}>{t('library.title')}</h2>
        <button type="button" class="quiet-button" onClick={() => dialog.current?.close()}>
          <Icon name="close" size={18} />
          <span class="unseen">{t('library.close')}</span>
        </button>
      </header>
      <div class="library-tools">
        <label class="library-search">
          <Icon name="search" size={16} />
          <span class="unseen">{t('library.search')}</span>
          <input
            type="search"
            dir="auto"
            placeholder={t('library.search')}
            value={query}
            onInput={(event) => {
              setMost(page);
              props.onQuery(event.currentTarget.value);
            }}
          />
        </label>
        <button type="button" class="button" onClick={props.onFresh}>
          <Icon name="add" size={16} />
          {t('library.fresh')}
        </button>
      </div>
      <div class="library-list">
        {all?.length === 0 && <p class="library-none">{t('library.none')}</p>}
        {looked && found?.length === 0 && <p class="library-none">{t('library.noMatch')}</p>}
        {chapters(shown, looked, language, now).map(({ name, rows }) => (
          <section key={name}>
            <h3>{name}</h3>
            <ul>
              {rows.map((row) => (
                <Kept key={row.conversation.id} {...props} row={row} />
              ))}
            </ul>
          </section>
        ))}
        {rows.length > most && (
          <button type="button" class="button" onClick={() => setMost(most + page)}>
            {t('library.more')}
          </button>
        )}
      </div>
      <output class="library-undo">
        {dropped !== null && (
          <>
            <span dir="auto">{t('library.dropped', [dropped || t('library.untitled')])}</span>
            <button type="button" class="button" onClick={props.onUndo}>
              {t('panel.undo')}
            </button>
          </>
        )}
      </output>
    </dialog>
  );
}

const whole = (conversation: Conversation): Found => ({
  conversation,
  message: null,
  excerpt: null,
  count: 0,
});

interface Chapter {
  readonly name: string;
  readonly rows: Found[];
}

/** Pinned, then by the day or the month in which something was last said; what is found is one list. */
function chapters(
  rows: readonly Found[],
  looked: boolean,
  language: string,
  now: number,
): readonly Chapter[] {
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });
  const today = new Date(now).setHours(0, 0, 0, 0);
  const nameOf = ({ pinned, lastAt }: Conversation) => {
    if (looked) return t('library.found', rows.length);
    if (pinned === true) return t('library.pinned');
    if (lastAt >= today) return t('library.today');
    if (lastAt >= today - 86_400_000) return t('library.yesterday');
    return month.format(lastAt);
  };
  const found: Chapter[] = [];
  for (const row of rows) {
    const name = nameOf(row.conversation);
    const last = found.at(-1);
    if (last?.name === name) last.rows.push(row);
    else found.push({ name, rows: [row] });
  }
  return found;
}
