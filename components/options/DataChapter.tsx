import { useRef } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { Section } from '@/components/options/Section';
import { t } from '@/lib/words';

/** What became of an export or of erasing; null while nothing was done. */
export type DataOutcome = null | 'exported' | 'erased' | 'exportFailed' | 'eraseFailed';

/** Taking everything along, and taking everything away. */
export function DataChapter(props: {
  /** How many messages are kept; null where nobody could count them. */
  readonly messages: number | null;
  readonly outcome: DataOutcome;
  readonly onExport: (format: 'markdown' | 'json') => void;
  readonly onErase: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <Section id="data" title={t('options.data.title')}>
      <p>{t('options.data.where')}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => props.onExport('markdown')}>
          <Icon name="download" size={18} />
          {t('options.data.markdown')}
        </button>
        <button type="button" class="button" onClick={() => props.onExport('json')}>
          <Icon name="download" size={18} />
          {t('options.data.json')}
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.showModal()}>
          <Icon name="erase" size={18} />
          {t('options.data.erase')}
        </button>
      </div>
      <output class="hint">{props.outcome && t(`options.data.${props.outcome}`)}</output>
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
