import { Choice } from '@/components/options/Section';
import type { Note } from '@/components/options/kept';
import { t } from '@/lib/words';

/** A colour that can be picked. `name` is what a screen reader calls it. */
export interface Swatch {
  readonly color: string;
  readonly name: string;
}

/** A row of colours, and at its end one of the reader's own. Colours are `#rrggbb`, lower case. */
export function Swatches(props: {
  readonly legend: string;
  readonly field: string;
  readonly swatches: readonly Swatch[];
  readonly color: string;
  readonly note: Note | null;
  readonly onColor: (color: string) => void;
}) {
  const isOwn = props.swatches.every(({ color }) => color !== props.color.toLowerCase());
  return (
    <Choice legend={props.legend} field={props.field} note={props.note}>
      <div class="swatches">
        {props.swatches.map(({ color, name }) => (
          <label key={color} class="swatch" title={name}>
            <input
              type="radio"
              name={props.field}
              checked={color === props.color.toLowerCase()}
              onChange={() => props.onColor(color)}
            />
            <span class="swatch-color" style={{ background: color }} />
            <span class="unseen">{name}</span>
          </label>
        ))}
        <label class={isOwn ? 'swatch swatch-own swatch-on' : 'swatch swatch-own'}>
          <input
            type="color"
            value={props.color}
            onInput={(event) => props.onColor(event.currentTarget.value)}
          />
          <span>{t('options.avatar.own')}</span>
        </label>
      </div>
    </Choice>
  );
}
