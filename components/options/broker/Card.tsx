import type { ComponentChildren } from 'preact';
import { Icon } from '@/components/icons';
import type { Service } from '@/components/options/broker/service';
import { makerOf } from '@/lib/avatar/maker';
import type { Broker } from '@/lib/broker/broker';
import type { Discovery } from '@/lib/broker/contract';
import { t } from '@/lib/words';

/** Whom one is dealing with: as they say themselves, before anything is entrusted to them. */
export function Card({ service, broker }: { readonly service: Service; readonly broker: Broker }) {
  const { discovery, plain } = broker;
  const skipped = service.skipped.value;
  return (
    <article class="card" aria-labelledby="broker-name">
      <h3 id="broker-name">{discovery?.name ?? new URL(broker.address).host}</h3>
      {plain && <p>{t('options.broker.plain.is', [makerOf(plain.provider), plain.method])}</p>}
      {discovery && <Facts discovery={discovery} />}
      {discovery?.disclosure && <p class="card-says">{discovery.disclosure}</p>}
      {skipped.length > 0 && (
        <p class="hint">{t('options.broker.skipped', [skipped.join(', ')])}</p>
      )}
    </article>
  );
}

function Facts({ discovery }: { readonly discovery: Discovery }) {
  const { operator, privacy_url: privacy, price, providers, context, limits } = discovery;
  const makers = providers.map(({ provider }) => makerOf(provider)).join(', ');
  return (
    <dl class="facts">
      <Fact name={t('options.broker.card.operator')}>
        {operator.url ? <Link to={operator.url}>{operator.name}</Link> : operator.name}
        {operator.contact && (
          <>
            {' · '}
            <Link to={operator.contact}>{t('options.broker.card.contact')}</Link>
          </>
        )}
      </Fact>
      <Fact name={t('options.broker.card.privacy')}>
        {privacy ? (
          <Link to={privacy}>{new URL(privacy).host}</Link>
        ) : (
          t('options.broker.card.noPrivacy')
        )}
      </Fact>
      <Fact name={t('options.broker.card.offers')}>
        {makers || t('options.broker.card.nothing')}
      </Fact>
      <Fact name={t('options.broker.card.context')}>{t(`options.broker.context.${context}`)}</Fact>
      <Fact name={t('options.broker.card.price')}>{price ?? t('options.broker.card.noPrice')}</Fact>
      <Fact name={t('options.broker.card.limits')}>
        {limits.seconds_per_day === null
          ? t('options.broker.card.perSession', [minutes(limits.session_seconds)])
          : t('options.broker.card.perDay', [
              minutes(limits.session_seconds),
              minutes(limits.seconds_per_day),
            ])}
      </Fact>
    </dl>
  );
}

function Fact(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Link(props: { readonly to: string; readonly children: ComponentChildren }) {
  return (
    <a href={props.to} target="_blank" rel="noreferrer">
      {props.children} <Icon name="external" size={14} />
    </a>
  );
}

const minutes = (seconds: number) =>
  new Intl.NumberFormat(undefined, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
    Math.round(seconds / 60),
  );
