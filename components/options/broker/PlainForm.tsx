import { useState } from 'preact/hooks';
import { KeyFields, type Entry, emptyEntry, secretOf } from '@/components/options/broker/KeyFields';
import type { Service } from '@/components/options/broker/service';
import { Choice } from '@/components/options/Section';
import type { PlainServer } from '@/lib/broker/broker';
import { t } from '@/lib/words';

const methods = ['find', 'GET', 'POST'] as const;
const ways = ['none', 'bearer', 'header', 'basic'] as const;

/** For a token server that was there before the contract, in the shape of a vendor's samples. */
export function PlainForm(props: { readonly service: Service; readonly address: string }) {
  const [method, setMethod] = useState<PlainServer['method'] | 'find'>('find');
  const [way, setWay] = useState<(typeof ways)[number]>('bearer');
  const [entry, setEntry] = useState<Entry>(emptyEntry);
  const auth =
    way === 'header' ? { type: way, name: entry.header.trim() || 'X-Access-Key' } : { type: way };
  return (
    <form
      class="plain"
      onSubmit={(event) => {
        event.preventDefault();
        props.service.findPlain(props.address, {
          method: method === 'find' ? null : method,
          auth,
          secret: secretOf(auth, entry),
        });
      }}
    >
      <p>{t('options.broker.plain.what')}</p>
      <Choice legend={t('options.broker.plain.method')} field="method" note={null}>
        <div class="pair">
          {methods.map((one) => (
            <label key={one} class="radio">
              <input
                type="radio"
                name="plain-method"
                checked={method === one}
                onChange={() => setMethod(one)}
              />
              {one === 'find' ? t('options.broker.plain.find') : one}
            </label>
          ))}
        </div>
      </Choice>
      <Choice legend={t('options.broker.plain.way')} field="way" note={null}>
        <div class="pair">
          {ways.map((one) => (
            <label key={one} class="radio">
              <input
                type="radio"
                name="plain-way"
                checked={way === one}
                onChange={() => setWay(one)}
              />
              {t(`options.broker.way.${one}`)}
            </label>
          ))}
        </div>
      </Choice>
      <KeyFields id="plain" auth={auth} asksHeader entry={entry} onEntry={setEntry} />
      <button type="submit" class="button" disabled={props.service.doing.value !== null}>
        {t('options.broker.plain.use')}
      </button>
    </form>
  );
}
