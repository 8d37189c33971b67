import { Keys } from '@/components/Keys';
import { Section } from '@/components/options/Section';
import { t } from '@/lib/words';

/** One command of the extension as the browser has it now. */
export interface Shortcut {
  readonly name: string;
  readonly description: string;
  /** As the browser writes it, "Alt+Shift+V"; empty where none is set. */
  readonly keys: string;
}

/** The keys that work everywhere in the browser. `onChange` null: this browser has no way to open its page. */
export function ShortcutChapter(props: {
  readonly shortcuts: readonly Shortcut[];
  readonly onChange: (() => void) | null;
}) {
  return (
    <Section id="shortcuts" title={t('options.shortcuts.title')}>
      <dl class="shortcuts">
        {props.shortcuts.map(({ name, description, keys }) => (
          <div key={name}>
            <dt>{description}</dt>
            <dd>{keys ? <Keys keys={keys} /> : t('options.shortcuts.unset')}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t('options.shortcuts.own')}</p>
      {props.onChange ? (
        <button type="button" class="button" onClick={props.onChange}>
          {t('options.shortcuts.change')}
        </button>
      ) : (
        <p class="hint">{t('options.shortcuts.where')}</p>
      )}
    </Section>
  );
}
