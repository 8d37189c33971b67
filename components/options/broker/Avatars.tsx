import { makerOf } from '@/components/options/broker/Card';
import type { Service } from '@/components/options/broker/service';
import type { Broker } from '@/lib/broker/broker';
import type { Offer, Persona } from '@/lib/broker/contract';
import { t } from '@/lib/words';

/** Who there is to choose from. */
export function Avatars(props: { readonly service: Service; readonly broker: Broker }) {
  const { service, broker } = props;
  const offers = broker.discovery?.providers ?? [];
  if (offers.length === 0) return <p class="hint">{t('options.broker.noAvatars')}</p>;
  const chosen = broker.avatar;
  return (
    <section class="part" aria-labelledby="broker-avatars">
      <h3 id="broker-avatars">{t('options.broker.avatar')}</h3>
      <div class="avatars" role="radiogroup" aria-labelledby="broker-avatars">
        {offers.flatMap((offer) =>
          offer.personas.map((persona) => (
            <Person
              key={`${offer.provider} ${persona.id}`}
              service={service}
              offer={offer}
              persona={persona}
              isChosen={chosen?.provider === offer.provider && chosen.persona === persona.id}
            />
          )),
        )}
      </div>
      {offers.some(({ provider }) => provider === 'inworld') && (
        <p class="hint">{t('options.broker.retired')}</p>
      )}
      {chosen && !service.canShow(chosen.provider) && (
        <p class="advice">{t('options.broker.cannotShow', [makerOf(chosen.provider)])}</p>
      )}
    </section>
  );
}

function Person(props: {
  readonly service: Service;
  readonly offer: Offer;
  readonly persona: Persona;
  readonly isChosen: boolean;
}) {
  const { service, offer, persona, isChosen } = props;
  const facts = [
    makerOf(offer.provider),
    ...persona.languages.map(languageName),
    persona.price,
  ].filter(Boolean);
  return (
    <label class="radio radio-long">
      <input
        type="radio"
        name="broker-avatar"
        checked={isChosen}
        onChange={() => service.pick({ provider: offer.provider, persona: persona.id })}
      />
      <span>
        {persona.name}
        <small class="hint">
          {persona.description && <span class="avatar-says">{persona.description}</span>}
          {facts.join(' · ')}
        </small>
      </span>
    </label>
  );
}

function languageName(tag: string): string {
  return new Intl.DisplayNames(undefined, { type: 'language' }).of(tag) ?? tag;
}
