import { AddressForm } from '@/components/options/broker/AddressForm';
import { Avatars } from '@/components/options/broker/Avatars';
import { Card } from '@/components/options/broker/Card';
import { Idle } from '@/components/options/broker/Idle';
import { Doctor } from '@/components/options/broker/Doctor';
import type { Service } from '@/components/options/broker/service';
import { SignIn } from '@/components/options/broker/SignIn';
import type { Kept } from '@/components/options/kept';
import { Section } from '@/components/options/Section';
import { t } from '@/lib/words';
import './broker.css';

/** Avatars of other makers, from a service somebody runs: who that is, signing in, which, and whether it works. */
export function BrokerChapter(props: {
  readonly service: Service;
  /** Minutes of silence after which an avatar goes. */
  readonly idle: Kept<number>;
}) {
  const { service, idle } = props;
  const broker = service.broker.value;
  const isFound = broker && (broker.discovery !== null || broker.plain !== null);
  return (
    <Section id="broker" title={t('options.broker.title')}>
      <p>{t('options.broker.what')}</p>
      {service.lockedBy.value !== null && (
        <p class="hint locked">
          {service.lockedBy.value
            ? t('policy.by', [service.lockedBy.value])
            : t('policy.organisation')}
        </p>
      )}
      {broker !== undefined && (
        <>
          <AddressForm key={broker?.address} service={service} />
          {isFound && (
            <>
              <Card service={service} broker={broker} />
              <SignIn service={service} broker={broker} />
              <Avatars service={service} broker={broker} />
              <Idle minutes={idle} />
              <Doctor service={service} broker={broker} />
            </>
          )}
        </>
      )}
    </Section>
  );
}
