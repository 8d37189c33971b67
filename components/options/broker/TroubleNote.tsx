import { Icon } from '@/components/icons';
import type { Service } from '@/components/options/broker/service';
import type { Trouble } from '@/lib/broker/trouble';
import { sentenceFor } from '@/lib/broker/words';
import { t } from '@/lib/words';

/** What is wrong and the exact thing to do about it. */
export function TroubleNote(props: {
  readonly service: Pick<Service, 'origin' | 'redirect'>;
  readonly trouble: Trouble;
  readonly address: string;
}) {
  const { service, trouble, address } = props;
  const ours = { origin: service.origin, redirect: service.redirect.value };
  const canOpen = openable.has(trouble.code) && /^https?:\/\//iu.test(address);
  return (
    <div class="advice" role="alert">
      <p>{sentenceFor(trouble, ours)}</p>
      {canOpen && (
        <p>
          <a href={address} target="_blank" rel="noreferrer">
            {t('options.broker.open')} <Icon name="external" size={14} />
          </a>
        </p>
      )}
    </div>
  );
}

/** Where a look at the address itself says more than we can. */
const openable: ReadonlySet<Trouble['code']> = new Set(['unreachable', 'redirected', 'html']);
