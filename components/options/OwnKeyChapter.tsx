import type { ReadonlySignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Section } from '@/components/options/Section';
import { ownKeySentence } from '@/lib/avatar/own';
import type { ErrorCode } from '@/lib/errors';
import { t } from '@/lib/words';

/** A key of the reader's own, as its chapter shows it. It is never shown again. */
export interface OwnKey {
  /** Null where there is none, undefined until we know. */
  readonly kept: ReadonlySignal<string | null | undefined>;
  /** Whether its avatar sits beside the page. */
  readonly isChosen: ReadonlySignal<boolean>;
  /** What came of what was done last. */
  readonly state: ReadonlySignal<OwnKeyState | null>;
  /** These three ask the browser first: to be called in the click itself. Of `keep`: whether it is kept now. */
  readonly keep: (written: string) => Promise<boolean>;
  readonly choose: () => void;
  readonly test: () => void;
  readonly remove: () => void;
}
export type OwnKeyState =
  | 'testing'
  | 'works'
  | { readonly trouble: OwnKeyTrouble }
  /** What a session would fail with. */
  | { readonly error: ErrorCode };
export type OwnKeyTrouble =
  | 'not_a_key'
  | 'no_server'
  | 'unsafe_server'
  | 'refused'
  | 'forbidden'
  | 'failed';

/** A long-lived key in this browser, for whoever has no broker; and why they had better have one. */
export function OwnKeyChapter(props: {
  readonly ownKey: OwnKey;
  /** Who decided that there shall be none, '' where they give no name; null where nobody did. */
  readonly lockedBy: string | null;
}) {
  const { ownKey, lockedBy } = props;
  const [written, write] = useState('');
  const isKept = typeof ownKey.kept.value === 'string';
  const isChosen = ownKey.isChosen.value;
  const state = ownKey.state.value;
  const remove = isKept && (
    <button type="button" class="button" onClick={ownKey.remove}>
      {t('options.ownKey.remove')}
    </button>
  );
  if (lockedBy !== null) {
    return (
      <Section id="ownKey" title={t('options.ownKey.title')}>
        <p class="hint locked">
          {lockedBy ? t('policy.by', [lockedBy]) : t('policy.organisation')}
        </p>
        {remove}
      </Section>
    );
  }
  return (
    <Section id="ownKey" title={t('options.ownKey.title')}>
      <p>{t('options.ownKey.what')}</p>
      <p class="advice">{t('options.ownKey.warning')}</p>
      <form
        class="part-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (written.trim() === '') return;
          void ownKey.keep(written).then((isKept) => isKept && write(''));
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
        {isKept && isChosen && <p>{t('options.ownKey.chosen')}</p>}
        <div class="buttons">
          <button type="submit" class="button" disabled={written.trim() === ''}>
            {t(isKept ? 'options.ownKey.replace' : 'options.ownKey.keep')}
          </button>
          {isKept && !isChosen && (
            <button type="button" class="button" onClick={ownKey.choose}>
              {t('options.ownKey.choose')}
            </button>
          )}
          {isKept && (
            <button
              type="button"
              class="button"
              disabled={state === 'testing'}
              onClick={ownKey.test}
            >
              {t('options.ownKey.test')}
            </button>
          )}
          {remove}
        </div>
        <p class="hint">{t('options.ownKey.hint')}</p>
      </form>
      <output>
        {state === 'testing' || state === 'works' ? t(`options.ownKey.${state}`) : ''}
      </output>
      {state !== null && typeof state === 'object' && (
        <p class="advice" role="alert">
          {'trouble' in state ? t(`options.ownKey.${state.trouble}`) : ownKeySentence(state.error)}
        </p>
      )}
    </Section>
  );
}
