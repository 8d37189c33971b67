import type { Kept } from '@/components/options/kept';
import { Field } from '@/components/options/Section';
import { idleChoices } from '@/lib/settings';
import { t } from '@/lib/words';

/** How long an avatar that costs stays where nobody says anything. */
export function Idle({ minutes }: { readonly minutes: Kept<number> }) {
  const { value, note } = minutes;
  if (value.value === null) return null;
  return (
    <Field
      label={t('options.broker.idle')}
      for="idle"
      field="idle"
      note={note.value}
      hint={t('options.broker.idleHint')}
    >
      <select
        id="idle"
        aria-describedby="idle-hint"
        value={String(value.value)}
        onChange={(event) => minutes.change('idle', Number(event.currentTarget.value))}
      >
        {idleChoices.map((one) => (
          <option key={one} value={String(one)}>
            {one === 0 ? t('options.broker.idleNever') : t('options.broker.idleAfter', one)}
          </option>
        ))}
      </select>
    </Field>
  );
}
