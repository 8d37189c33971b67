import { useState } from 'preact/hooks';
import { PlainForm } from '@/components/options/broker/PlainForm';
import type { Service } from '@/components/options/broker/service';
import { TroubleNote } from '@/components/options/broker/TroubleNote';
import type { TroubleCode } from '@/lib/broker/trouble';
import { t } from '@/lib/words';

/** The one thing a reader has to know: the address. */
export function AddressForm({ service }: { readonly service: Service }) {
  const broker = service.broker.value;
  const [address, setAddress] = useState(broker?.address ?? service.written.value);
  const isLocked = service.lockedBy.value !== null;
  const isFinding = service.doing.value === 'finding';
  const isSame = broker?.address === address && Boolean(broker.discovery ?? broker.plain);
  const trouble = service.trouble.value;
  const here = trouble?.place === 'address' ? trouble.trouble : null;
  return (
    <>
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          service.find(address);
        }}
      >
        <label class="field-name" for="broker-address">
          {t('options.broker.address')}
        </label>
        <div class="entry">
          <input
            id="broker-address"
            type="text"
            inputMode="url"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            dir="ltr"
            placeholder="https://"
            aria-describedby="broker-address-hint"
            aria-invalid={here !== null}
            value={address}
            readOnly={isLocked && Boolean(broker)}
            onInput={(event) => setAddress(event.currentTarget.value)}
          />
          <button type="submit" class="button" disabled={isFinding || address.trim() === ''}>
            {isFinding
              ? t('options.broker.finding')
              : isSame
                ? t('options.broker.again')
                : t('options.broker.connect')}
          </button>
          {broker && !isLocked && (
            <button type="button" class="button" onClick={service.remove}>
              {t('options.broker.remove')}
            </button>
          )}
        </div>
        <p class="hint" id="broker-address-hint">
          {t('options.broker.addressHint')}
        </p>
      </form>
      {here && <TroubleNote service={service} trouble={here} address={address} />}
      {here && mayBePlain.has(here.code) && <PlainForm service={service} address={address} />}
    </>
  );
}

/** Something answered that knows no discovery: so do the vendors' own sample servers. */
const mayBePlain: ReadonlySet<TroubleCode> = new Set([
  'not_found',
  'html',
  'not_json',
  'off_contract',
  'auth_required',
  'auth_missing',
  'not_entitled',
  'unexpected_status',
  'invalid_request',
]);
