import { makerOf } from '@/lib/avatar/maker';
import type { Service } from '@/components/options/broker/service';
import { onlyPersona, type Broker, type BrokeredAvatar } from '@/lib/broker/broker';
import { t } from '@/lib/words';

/** Who there is to choose from: Vis, and whoever the service has. */
export function Avatars(props: { readonly service: Service; readonly broker: Broker }) {
  const { service, broker } = props;
  const offers = broker.discovery?.providers ?? [];
  const { plain } = broker;
  if (offers.length === 0 && !plain) return <p class="hint">{t('options.broker.noAvatars')}</p>;
  const chosen = service.chosen.value === 'brokered' ? broker.avatar : null;
  return (
    <section class="part" aria-labelledby="broker-avatars">
      <h3 id="broker-avatars">{t('options.broker.avatar')}</h3>
      <div class="avatars" role="radiogroup" aria-labelledby="broker-avatars">
        <Person
          service={service}
          avatar={null}
          name={t('panel.avatar')}
          description={t('avatar.vis')}
          facts={[]}
          isChosen={service.chosen.value === 'local'}
        />
        {plain && (
          <Person
            service={service}
            avatar={{ provider: plain.provider, persona: onlyPersona }}
            name={t('avatar.nameless')}
            description={null}
            facts={[makerOf(plain.provider)]}
            isChosen={chosen !== null}
          />
        )}
        {offers.flatMap(({ provider, personas }) =>
          personas.map(({ id, name, description, languages, price }) => (
            <Person
              key={`${provider} ${id}`}
              service={service}
              avatar={{ provider, persona: id }}
              name={name}
              description={description}
              facts={[makerOf(provider), ...languages.map(languageName), price]}
              isChosen={chosen?.provider === provider && chosen.persona === id}
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
  /** Null is Vis. */
  readonly avatar: BrokeredAvatar | null;
  readonly name: string;
  readonly description: string | null;
  readonly facts: readonly (string | null)[];
  readonly isChosen: boolean;
}) {
  const { service, avatar, name, description, facts, isChosen } = props;
  return (
    <label class="radio radio-long">
      <input
        type="radio"
        name="broker-avatar"
        checked={isChosen}
        onChange={() => service.pick(avatar)}
      />
      <span>
        {name}
        <small class="hint">
          {description && <span class="avatar-says">{description}</span>}
          {facts.filter(Boolean).join(' · ')}
        </small>
      </span>
    </label>
  );
}

function languageName(tag: string): string {
  return new Intl.DisplayNames(undefined, { type: 'language' }).of(tag) ?? tag;
}
