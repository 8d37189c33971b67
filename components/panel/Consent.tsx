import type { Consent as ConsentModel } from '@/lib/panel/listening';
import { t } from '@/lib/words';
import './Meeting.css';

export interface ConsentProps {
  readonly consent: ConsentModel;
  readonly onAgree: () => void;
  readonly onDownload: () => void;
  readonly onDecline: () => void;
}

/** Before a company may turn what the reader says into words: who it is, and what else there is. */
export function Consent({ consent, onAgree, onDownload, onDecline }: ConsentProps) {
  const { company, download } = consent;
  return (
    <section class="meeting" aria-label={t('listening.consentTitle', [company])}>
      <div class="meeting-words" tabIndex={0}>
        <p class="meeting-who">{t('listening.consentTitle', [company])}</p>
        <p>{t('listening.consent', [company])}</p>
        {download !== null && <p>{t('listening.download')}</p>}
      </div>
      <p class="meeting-choice">
        {download !== null && (
          <button
            type="button"
            class="button"
            disabled={download === 'running'}
            onClick={onDownload}
          >
            {t(download === 'running' ? 'listening.downloading' : 'listening.downloadNow')}
          </button>
        )}
        <button type="button" class="button" onClick={onAgree}>
          {t('listening.agree', [company])}
        </button>
        <button type="button" class="notice-instead" onClick={onDecline}>
          {t('listening.decline')}
        </button>
      </p>
    </section>
  );
}
