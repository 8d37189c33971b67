import type { Kept } from '@/components/options/kept';
import { Field, Outcome, Section } from '@/components/options/Section';
import type { ReaderProfile } from '@/lib/settings';
import { t } from '@/lib/words';

const mostFields = 20;

/** What avatars that can use it are told of the reader; nothing, until it is filled in. */
export function ReaderChapter({ reader }: { readonly reader: Kept<ReaderProfile> }) {
  const profile = reader.value.value;
  const note = reader.note.value;
  if (!profile) return null;
  const { fields } = profile;
  const change = (at: number, part: Partial<ReaderProfile['fields'][number]>) =>
    reader.change('fields', {
      ...profile,
      fields: fields.map((field, index) => (index === at ? { ...field, ...part } : field)),
    });
  return (
    <Section id="reader" title={t('options.reader.title')}>
      <p>{t('options.reader.what')}</p>
      <Field label={t('options.reader.name')} for="reader-name" field="name" note={note}>
        <Line
          id="reader-name"
          value={profile.name}
          longest={80}
          onValue={(name) => reader.change('name', { ...profile, name })}
        />
      </Field>
      <fieldset class="field">
        <legend class="field-name">{t('options.reader.fields')}</legend>
        <Outcome field="fields" note={note} />
        <p class="hint">{t('options.reader.fieldsHint')}</p>
        {fields.map(({ id, value }, at) => (
          // A row has no name of its own: its place is all there is.
          <div key={at} class="key-fields">
            <div class="field">
              <label class="field-name" for={`reader-id-${at}`}>
                {t('options.reader.fieldId')}
              </label>
              <Line
                id={`reader-id-${at}`}
                value={id}
                longest={60}
                onValue={(changed) => change(at, { id: changed })}
              />
            </div>
            <div class="field">
              <label class="field-name" for={`reader-value-${at}`}>
                {t('options.reader.fieldValue')}
              </label>
              <Line
                id={`reader-value-${at}`}
                value={value}
                longest={400}
                onValue={(changed) => change(at, { value: changed })}
              />
            </div>
            <button
              type="button"
              class="button"
              onClick={() =>
                reader.change('fields', {
                  ...profile,
                  fields: fields.filter((_, index) => index !== at),
                })
              }
            >
              {t('options.reader.remove', [id || String(at + 1)])}
            </button>
          </div>
        ))}
        <div class="buttons">
          <button
            type="button"
            class="button"
            disabled={fields.length >= mostFields}
            onClick={() =>
              reader.change('fields', { ...profile, fields: [...fields, { id: '', value: '' }] })
            }
          >
            {t('options.reader.add')}
          </button>
        </div>
      </fieldset>
    </Section>
  );
}

function Line(props: {
  readonly id: string;
  readonly value: string;
  readonly longest: number;
  readonly onValue: (value: string) => void;
}) {
  return (
    <input
      id={props.id}
      type="text"
      autocomplete="off"
      dir="auto"
      maxLength={props.longest}
      value={props.value}
      onInput={(event) => props.onValue(event.currentTarget.value)}
    />
  );
}
