import { Icon } from '@/components/icons';
import { t } from '@/lib/words';
import './Notice.css';

export interface NoticeProps {
  /** What happened and what to do next. */
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
  readonly onDismiss: (() => void) | null;
}

/** One sentence about something that went wrong, and at most one thing to do. */
export function Notice({ text, action, onDismiss }: NoticeProps) {
  return (
    <div class="notice" role="alert">
      <Icon name="warning" size={16} />
      <p>{text}</p>
      {action && (
        <button type="button" class="notice-action" onClick={action.run}>
          {action.label}
        </button>
      )}
      {onDismiss && (
        <button type="button" class="quiet-button" onClick={onDismiss}>
          <Icon name="close" size={14} />
          <span class="unseen">{t('panel.dismiss')}</span>
        </button>
      )}
    </div>
  );
}
