import type { ReadonlySignal } from '@preact/signals';
import { Icon } from '@/components/icons';
import { t } from '@/lib/words';
import './Notice.css';

export interface CountdownProps {
  readonly name: string;
  /** Seconds until the avatar goes. */
  readonly left: ReadonlySignal<number | null>;
  /** It is about to: said once more to whoever does not see the number. */
  readonly isLast: boolean;
  readonly onStay: () => void;
}

/** Nobody says anything, so the avatar is about to go; one key keeps it. */
export function Countdown({ name, left, isLast, onStay }: CountdownProps) {
  return (
    <div class={isLast ? 'notice notice-last' : 'notice'}>
      <Icon name="clock" size={16} />
      <p>
        <output class="unseen">{t(isLast ? 'idle.last' : 'idle.first', [name])}</output>
        <span aria-hidden="true">
          {t('idle.leaves', [name])} <b class="notice-number">{left}</b> {t('idle.seconds')}
        </span>
      </p>
      <button type="button" class="notice-action" onClick={onStay}>
        {t('idle.stay')}
      </button>
    </div>
  );
}
