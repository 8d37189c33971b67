import type { Introduction } from '@/lib/avatar/choice';
import { t } from '@/lib/words';
import './Notice.css';
import './Meeting.css';

export interface MeetingProps {
  readonly introduction: Introduction;
  readonly onAgree: () => void;
  readonly onStay: () => void;
}

/** Before the first word to an avatar of somebody else's: whose it is, and what they say of it. */
export function Meeting({ introduction, onAgree, onStay }: MeetingProps) {
  const { avatar, service, disclosure, privacy } = introduction;
  return (
    <section class="meeting" aria-label={t('company.introduction', [avatar.name, service])}>
      <div class="meeting-words" tabIndex={0}>
        <p class="meeting-who">{t('company.introduction', [avatar.name, service])}</p>
        <p>{t('company.sends', [avatar.name])}</p>
        {disclosure !== null && (
          <blockquote dir="auto">
            <p>{disclosure}</p>
          </blockquote>
        )}
        {privacy !== null && (
          <p>
            <a href={privacy} target="_blank" rel="noopener noreferrer">
              {t('company.privacy')} ({new URL(privacy).host})
            </a>
          </p>
        )}
      </div>
      <p class="meeting-choice">
        <button type="button" class="button" onClick={onAgree}>
          {t('company.agree', [avatar.name])}
        </button>
        <button type="button" class="notice-instead" onClick={onStay}>
          {t('company.stay')}
        </button>
      </p>
    </section>
  );
}
