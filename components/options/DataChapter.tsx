import { useRef } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { Choice, Section } from '@/components/options/Section';
import { retentions, type Retention } from '@/lib/settings';
import { t } from '@/lib/words';

/** What became of an export or of erasing; null while nothing was done. */
export type DataOutcome =
  | null
  | 'exported'
  | 'erased'
  | 'kept'
  | 'exportFailed'
  | 'eraseFailed'
  | 'importFailed'
  | 'keepFailed'
  | { readonly kind: 'refused'; readonly why: 'other' | 'newer' | 'damaged' }
  | { readonly kind: 'imported'; readonly conversations: number; readonly messages: number };

/** Taking everything along, and taking everything away. */
export function DataChapter(props: {
  /** How many messages are kept; null where nobody could count them. */
  readonly messages: number | null;
  readonly outcome: DataOutcome;
  readonly retention: Retention;
  readonly onRetention: (retention: Retention) => void;
  readonly onImport: (file: File) => void;
  readonly onExport: (format: 'markdown' | 'json') => void;
  readonly onErase: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const file = useRef<HTMLInputElement>(null);
  return (
    <Section id="data" title={t('options.data.title')}>
      <p>{t('options.data.where')}</p>
      <Choice legend={t('options.data.keepFor')} field="retention" note={null}>
        {retentions.map((one) => (
          <label key={one} class="radio radio-long">
            <input
              type="radio"
              name="retention"
              checked={one === props.retention}
              onChange={() => props.onRetention(one)}
            />
            <span>
              {t(`options.data.retention.${one}`)}
              <small class="hint">{t(`options.data.retentionLong.${one}`)}</small>
            </span>
          </label>
        ))}
      </Choice>
      <div class="buttons">
        <button type="button" class="button" onClick={() => props.onExport('markdown')}>
          <Icon name="download" size={18} />
          {t('options.data.markdown')}
        </button>
        <button type="button" class="button" onClick={() => props.onExport('json')}>
          <Icon name="download" size={18} />
          {t('options.data.json')}
        </button>
        <button type="button" class="button" onClick={() => file.current?.click()}>
          <Icon name="page" size={18} />
          {t('options.data.import')}
        </button>
        <input
          class="unseen"
          type="file"
          accept="application/json,.json"
          aria-label={t('options.data.import')}
          tabIndex={-1}
          ref={file}
          onChange={({ currentTarget }) => {
            const [picked] = currentTarget.files ?? [];
            if (picked) props.onImport(picked);
            // The same file can be chosen again.
            currentTarget.value = '';
          }}
        />
        <button type="button" class="button" onClick={() => dialog.current?.showModal()}>
          <Icon name="erase" size={18} />
          {t('options.data.erase')}
        </button>
      </div>
      <output class="hint">{sentenceFor(props.outcome)}</output>
      <dialog
        class="confirm"
        ref={dialog}
        aria-labelledby="erase-title"
        aria-describedby="erase-what"
      >
        <h2 id="erase-title">{t('options.data.sure')}</h2>
        <div id="erase-what">
          <p>{t('options.data.goes')}</p>
          <ul>
            <li>
              {props.messages === null
                ? t('options.data.allMessages')
                : t('options.data.messages', props.messages)}
            </li>
            <li>{t('options.data.drafts')}</li>
            <li>{t('options.data.settings')}</li>
            <li>{t('options.data.service')}</li>
            <li>{t('options.data.grants')}</li>
          </ul>
          <p>{t('options.data.forGood')}</p>
        </div>
        <div class="buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {t('options.data.keep')}
          </button>
          <button
            type="button"
            class="button button-grave"
            onClick={() => {
              dialog.current?.close();
              props.onErase();
            }}
          >
            {t('options.data.eraseNow')}
          </button>
        </div>
      </dialog>
    </Section>
  );
}

function sentenceFor(outcome: DataOutcome): string {
  if (outcome === null) return '';
  if (typeof outcome === 'string') return t(`options.data.${outcome}`);
  if (outcome.kind === 'refused') return t(`options.data.refused.${outcome.why}`);
  return outcome.messages === 0
    ? t('options.data.nothingNew')
    : t('options.data.imported', outcome.messages);
}
