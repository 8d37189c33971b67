import { Icon } from '@/components/icons';
import { t } from '@/lib/words';
import './Marked.css';

export interface MarkedProps {
  /** The words the reader marked on the page. */
  readonly text: string;
  readonly canTranslate: boolean;
  readonly canSpeak: boolean;
  readonly onExplain: () => void;
  readonly onSummarise: () => void;
  readonly onTranslate: () => void;
  readonly onReadAloud: () => void;
  readonly onDismiss: () => void;
}

/** The marked words, quoted, and what can be done with them at once. */
export function Marked(props: MarkedProps) {
  const { text, canTranslate, canSpeak } = props;
  return (
    <section class="marked" aria-label={t('panel.marked')}>
      <blockquote dir="auto">{text}</blockquote>
      <button type="button" class="quiet-button" onClick={props.onDismiss}>
        <Icon name="close" size={14} />
        <span class="unseen">{t('panel.dismiss')}</span>
      </button>
      <p class="marked-actions">
        <button type="button" onClick={props.onExplain}>
          {t('panel.explain')}
        </button>
        <button type="button" onClick={props.onSummarise}>
          {t('panel.summarise')}
        </button>
        {canTranslate && (
          <button type="button" onClick={props.onTranslate}>
            {t('panel.translate')}
          </button>
        )}
        {canSpeak && (
          <button type="button" onClick={props.onReadAloud}>
            {t('panel.readAloud')}
          </button>
        )}
      </p>
    </section>
  );
}
