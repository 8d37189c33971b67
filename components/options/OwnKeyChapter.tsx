import type { ReadonlySignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Section } from '@/components/options/Section';
import { t } from '@/lib/words';

/** A key of the reader's own, as its chapter shows it. It is never shown again. */
export interface OwnKey {
  /** Whether one is kept; null until we know. */
  readonly isKept: ReadonlySignal<boolean | null>;
  readonly trouble: ReadonlySignal<OwnKeyTrouble | null>;
  /** Asks the browser first: to be called in the click itself. */
  readonly keep: (written: string) => void;
  readonly remove: () => void;
}
export type OwnKeyTrouble = 'not_a_key' | 'no_server' | 'unsafe_server' | 'refused' | 'failed';

/** A long-lived key in this browser, for whoever has no broker; and why they had better have one. */
export function OwnKeyChapter({ ownKey }: { readonly ownKey: OwnKey }) {
  const [written, write] = useState('');
  const isKept = ownKey.isKept.value;
  const trouble = ownKey.trouble.value;
  return (
    <Section id="ownKey" title={t('options.ownKey.title')}>
      <p>{t('options.ownKey.what')}</p>
      <p class="advice">{t('options.ownKey.warning')}</p>
      <form
        class="part-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (written.trim() === '') return;
          ownKey.keep(written);
          write('');
        }}
      >
        <div class="field">
          <label class="field-name" for="own-key">
            {t('options.ownKey.key')}
          </label>
          <input
            id="own-key"
            type="password"
            autocomplete="off"
            spellcheck={false}
            dir="ltr"
            value={written}
            onInput={(event) => write(event.currentTarget.value)}
          />
        </div>
        {isKept && <p>{t('options.ownKey.kept')}</p>}
        <div class="buttons">
          <button type="submit" class="button" disabled={written.trim() === ''}>
            {t(isKept ? 'options.ownKey.replace' : 'options.ownKey.keep')}
          </button>
          {isKept && (
            <button type="button" class="button" onClick={ownKey.remove}>
              {t('options.ownKey.remove')}
            </button>
          )}
        </div>
        <p class="hint">{t('options.ownKey.hint')}</p>
      </form>
      {trouble && (
        <p class="advice" role="alert">
          {t(`options.ownKey.${trouble}`)}
        </p>
      )}
    </Section>
  );
}
