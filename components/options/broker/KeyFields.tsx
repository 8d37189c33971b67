import type { AuthMethod } from '@/lib/broker/contract';
import type { Secret } from '@/lib/broker/credentials';
import { t } from '@/lib/words';

/** What is being typed. It leaves the page once, for the background, and is not read back. */
export interface Entry {
  readonly user: string;
  readonly key: string;
  readonly header: string;
}

export const emptyEntry: Entry = { user: '', key: '', header: '' };

type KeyMethod = Exclude<AuthMethod, { type: 'oidc' }>;

/** Null while there is nothing to send. */
export function secretOf(auth: KeyMethod, { user, key }: Entry): Secret | null {
  if (auth.type === 'none' || key === '') return null;
  return auth.type === 'basic'
    ? { type: 'basic', user: user.trim(), key }
    : { type: auth.type, key: key.trim() };
}

/** The fields that a way to sign in needs. */
export function KeyFields(props: {
  readonly id: string;
  readonly auth: KeyMethod;
  /** Whether the header's name is the reader's to say; a broker says it itself. */
  readonly asksHeader?: boolean;
  readonly entry: Entry;
  readonly onEntry: (entry: Entry) => void;
}) {
  const { id, auth, entry, onEntry } = props;
  if (auth.type === 'none') return null;
  return (
    <div class="key-fields">
      {auth.type === 'header' && props.asksHeader === true && (
        <Line
          id={`${id}-header`}
          label={t('options.broker.key.header')}
          value={entry.header}
          placeholder="X-Access-Key"
          onValue={(header) => onEntry({ ...entry, header })}
        />
      )}
      {auth.type === 'basic' && (
        <Line
          id={`${id}-user`}
          label={t('options.broker.key.user')}
          value={entry.user}
          onValue={(user) => onEntry({ ...entry, user })}
        />
      )}
      <Line
        id={`${id}-key`}
        label={t(auth.type === 'basic' ? 'options.broker.key.password' : 'options.broker.key.key')}
        value={entry.key}
        secret
        onValue={(key) => onEntry({ ...entry, key })}
      />
    </div>
  );
}

function Line(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly secret?: boolean;
  readonly onValue: (value: string) => void;
}) {
  return (
    <div class="field">
      <label class="field-name" for={props.id}>
        {props.label}
      </label>
      <input
        id={props.id}
        {...(props.secret ? { type: 'password' as const } : { type: 'text' as const })}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        dir="ltr"
        placeholder={props.placeholder ?? ''}
        value={props.value}
        onInput={(event) => props.onValue(event.currentTarget.value)}
      />
    </div>
  );
}
