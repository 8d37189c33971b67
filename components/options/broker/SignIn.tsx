import { useState } from 'preact/hooks';
import { emptyEntry, KeyFields, secretOf, type Entry } from '@/components/options/broker/KeyFields';
import type { Service } from '@/components/options/broker/service';
import { TroubleNote } from '@/components/options/broker/TroubleNote';
import { Choice } from '@/components/options/Section';
import type { Broker } from '@/lib/broker/broker';
import type { AuthMethod } from '@/lib/broker/contract';
import { t } from '@/lib/words';

/** Proving to the service who one is. */
export function SignIn({
  service,
  broker,
}: {
  readonly service: Service;
  readonly broker: Broker;
}) {
  const methods = broker.discovery?.auth ?? [broker.auth];
  const { auth } = broker;
  const trouble = service.trouble.value;
  return (
    <section class="part" aria-labelledby="broker-sign-in">
      <h3 id="broker-sign-in">{t('options.broker.signIn')}</h3>
      {methods.length > 1 && service.lockedBy.value === null && (
        <Choice legend={t('options.broker.how')} field="auth" note={null}>
          <div class="pair">
            {methods.map((method) => (
              <label key={method.type} class="radio">
                <input
                  type="radio"
                  name="broker-auth"
                  checked={method.type === auth.type}
                  onChange={() => service.chooseAuth(method)}
                />
                {t(`options.broker.way.${method.type}`)}
              </label>
            ))}
          </div>
        </Choice>
      )}
      {auth.type === 'none' && <p>{t('options.broker.noSignIn')}</p>}
      {auth.type === 'oidc' && <WithIssuer service={service} issuer={auth.issuer} />}
      {auth.type !== 'none' && auth.type !== 'oidc' && (
        <WithKey key={auth.type} service={service} auth={auth} />
      )}
      {trouble?.place === 'sign-in' && (
        <TroubleNote service={service} trouble={trouble.trouble} address={broker.address} />
      )}
    </section>
  );
}

function WithIssuer({ service, issuer }: { readonly service: Service; readonly issuer: string }) {
  const account = service.account.value;
  const isBusy = service.doing.value === 'signing';
  return (
    <>
      <p>
        {account
          ? t('options.broker.signedInAs', [account.name ?? new URL(issuer).host])
          : t('options.broker.signInAt', [new URL(issuer).host])}
      </p>
      <div class="buttons">
        <button type="button" class="button" disabled={isBusy} onClick={service.signIn}>
          {isBusy
            ? t('options.broker.signing')
            : t(account ? 'options.broker.signInAgain' : 'options.broker.signInNow')}
        </button>
        {account && (
          <button type="button" class="button" onClick={service.signOut}>
            {t('options.broker.signOut')}
          </button>
        )}
      </div>
    </>
  );
}

function WithKey(props: {
  readonly service: Service;
  readonly auth: Exclude<AuthMethod, { type: 'oidc' }>;
}) {
  const { service, auth } = props;
  const [entry, setEntry] = useState<Entry>(emptyEntry);
  const account = service.account.value;
  return (
    <form
      class="part-form"
      onSubmit={(event) => {
        event.preventDefault();
        const secret = secretOf(auth, entry);
        if (!secret) return;
        void service.enter(secret).then((isKept) => isKept && setEntry(emptyEntry));
      }}
    >
      {account && (
        <p>
          {account.name ? t('options.broker.keptFor', [account.name]) : t('options.broker.kept')}
        </p>
      )}
      <KeyFields id="broker" auth={auth} entry={entry} onEntry={setEntry} />
      <div class="buttons">
        <button type="submit" class="button" disabled={entry.key === ''}>
          {t(account ? 'options.broker.replaceKey' : 'options.broker.keepKey')}
        </button>
        {account && (
          <button type="button" class="button" onClick={service.signOut}>
            {t('options.broker.forgetKey')}
          </button>
        )}
      </div>
      <p class="hint">{t('options.broker.keyHint')}</p>
    </form>
  );
}
