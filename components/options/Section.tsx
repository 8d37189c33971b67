import type { ComponentChildren } from 'preact';
import type { Note } from '@/components/options/kept';
import { t } from '@/lib/words';

/** A chapter of the page. `id` is where the contents at its head lead. */
export function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="chapter" id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`} tabIndex={-1}>
        {props.title}
      </h2>
      {props.children}
    </section>
  );
}

/** A control with its name before it and what became of its change beside it. */
export function Field(props: {
  readonly label: string;
  /** The control's id. */
  readonly for: string;
  readonly field: string;
  readonly note: Note | null;
  readonly hint?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="field">
      <div class="field-name">
        <label for={props.for}>{props.label}</label>
        <Outcome field={props.field} note={props.note} />
      </div>
      {props.children}
      {props.hint && (
        <p class="hint" id={`${props.for}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

/** As `Field`, for several controls that answer one question. */
export function Choice(props: {
  readonly legend: string;
  readonly field: string;
  readonly note: Note | null;
  readonly children: ComponentChildren;
}) {
  return (
    <fieldset class="field">
      <legend class="field-name">{props.legend}</legend>
      <Outcome field={props.field} note={props.note} />
      {props.children}
    </fieldset>
  );
}

/** Always there, so that screen readers hear it fill. */
export function Outcome({ field, note }: { readonly field: string; readonly note: Note | null }) {
  const own = note?.field === field ? note.outcome : null;
  return (
    <output class={own === 'failed' ? 'outcome outcome-failed' : 'outcome'}>
      {own && t(own === 'saved' ? 'options.saved' : 'options.notSaved')}
    </output>
  );
}

/** What an organisation may close. `by`: who closed it, '' where they give no name; null: nobody. */
export function Lockable(props: {
  readonly by: string | null;
  readonly children: ComponentChildren;
}) {
  const { by } = props;
  return (
    <fieldset class="lockable" disabled={by !== null}>
      {by !== null && (
        <p class="hint locked">{by ? t('policy.by', [by]) : t('policy.organisation')}</p>
      )}
      {props.children}
    </fieldset>
  );
}
