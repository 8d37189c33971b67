import { useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import type { Service } from '@/components/options/broker/service';
import { TroubleNote } from '@/components/options/broker/TroubleNote';
import type { Broker } from '@/lib/broker/broker';
import type { Check } from '@/lib/broker/doctor';
import type { ActiveSession } from '@/lib/broker/contract';
import { t } from '@/lib/words';

/** Goes the whole way to an avatar once, and says where it breaks and what to do. */
export function Doctor({
  service,
  broker,
}: {
  readonly service: Service;
  readonly broker: Broker;
}) {
  const examination = service.examination.value;
  const isTesting = service.doing.value === 'testing';
  const trouble = examination?.trouble ?? null;
  return (
    <section class="part" aria-labelledby="broker-test">
      <h3 id="broker-test">{t('options.broker.connection')}</h3>
      <p class="hint">{t('options.broker.testHint')}</p>
      <div class="buttons">
        <button
          type="button"
          class="button"
          disabled={service.doing.value !== null}
          onClick={service.test}
        >
          {t(isTesting ? 'options.broker.testing' : 'options.broker.test')}
        </button>
        {examination && <CopyReport key={examination.report} service={service} />}
      </div>
      <output class="verdict">{examination && !trouble && t('options.broker.works')}</output>
      {trouble && <TroubleNote service={service} trouble={trouble} address={broker.address} />}
      {trouble?.sessions && <Sessions service={service} sessions={trouble.sessions} />}
      {examination && (
        <details class="way" open={trouble !== null}>
          <summary>{t('options.broker.way.title')}</summary>
          <ol>
            {examination.checks.map((check) => (
              <Step key={check.step} {...check} />
            ))}
          </ol>
          <pre dir="ltr" tabIndex={0}>
            {examination.report}
          </pre>
        </details>
      )}
    </section>
  );
}

function Step({ step, state }: Check) {
  return (
    <li class={`step step-${state}`}>
      {state === 'unknown' ? (
        <span class="step-open" aria-hidden="true" />
      ) : (
        <Icon name={state === 'passed' ? 'check' : 'close'} size={16} />
      )}
      <span>{t(`options.broker.step.${step}`)}</span>
      <span class="unseen">{t(`options.broker.state.${state}`)}</span>
    </li>
  );
}

function CopyReport({ service }: { readonly service: Service }) {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      class="button"
      onClick={() => void service.copyReport().then(() => setCopied(true))}
    >
      <Icon name={copied ? 'check' : 'copy'} size={18} />
      {t(copied ? 'options.broker.copied' : 'options.broker.copy')}
    </button>
  );
}

function Sessions(props: {
  readonly service: Service;
  readonly sessions: readonly ActiveSession[];
}) {
  return (
    <ul class="sites">
      {props.sessions.map(({ session, persona, started_at: started }) => (
        <li key={session} class="site">
          <span>{t('options.broker.since', [persona, timeOf(started)])}</span>
          <button
            type="button"
            class="button"
            disabled={props.service.doing.value !== null}
            onClick={() => props.service.endSession(session)}
          >
            {t('options.broker.end')}
          </button>
        </li>
      ))}
    </ul>
  );
}

const timeOf = (instant: string) =>
  new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(new Date(instant));
