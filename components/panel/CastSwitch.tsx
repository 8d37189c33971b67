import type { Cast } from '@/lib/panel/standing';
import { t } from '@/lib/words';
import './CastSwitch.css';

/** Who of several speaks; drawn only where there are several. */
export function CastSwitch(props: { readonly cast: Cast; readonly onCast: (id: string) => void }) {
  const { members, current } = props.cast;
  return (
    <fieldset class="cast">
      <legend class="unseen">{t('panel.cast')}</legend>
      {members.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === current}
          dir="auto"
          onClick={() => props.onCast(id)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
