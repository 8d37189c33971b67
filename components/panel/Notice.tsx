import { Icon } from '@/components/icons';
import type { Notice as NoticeModel } from '@/lib/panel/notice';
import { t } from '@/lib/words';
import './Notice.css';

export interface NoticeProps {
  /** What happened and what to do next. */
  readonly notice: NoticeModel;
  readonly onDismiss: (() => void) | null;
}

/** One sentence about something that happened, and at most one thing to do. */
export function Notice({ notice, onDismiss }: NoticeProps) {
  const { text, action, instead, calm } = notice;
  const isWide = instead || (action && text.length > short);
  return (
    <div class={isWide ? 'notice notice-two' : 'notice'} role={calm ? 'status' : 'alert'}>
      {!calm && <Icon name="warning" size={16} />}
      <p>{text}</p>
      {action && (
        <button type="button" class="notice-action" onClick={action.run}>
          {action.label}
        </button>
      )}
      {instead && (
        <button type="button" class="notice-instead" onClick={instead.run}>
          {instead.label}
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

/** Letters; beside more of them a button would leave a column of single words. */
const short = 60;
