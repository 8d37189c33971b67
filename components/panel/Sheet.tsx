import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { rungs, type Rung } from '@/lib/page/page';
import type { Preview } from '@/lib/page/preview';
import type { PageSight } from '@/lib/page/sight';
import type { Limit } from '@/lib/policy';
import { t } from '@/lib/words';
import './Sheet.css';

export interface SheetProps {
  readonly sight: PageSight;
  /** To whom a question goes; `operator`: who runs the service it comes from, null on this device. */
  readonly avatar: { readonly name: string; readonly operator: string | null };
  /** Exactly what a question asked now would take with it. */
  readonly preview: () => Promise<Preview>;
  readonly onRung: (rung: Rung) => void;
  readonly onKeepQuery: (keep: boolean) => void;
  readonly onFollowSite: () => void;
  readonly onFollowEverywhere: () => void;
  readonly onUnfollow: () => void;
  readonly onClose: () => void;
}

/** What the avatar may know of the page in front: the ladder, what would be sent, and who follows. */
export function Sheet(props: SheetProps) {
  const { sight, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog
      class="sheet"
      ref={dialog}
      aria-labelledby={title}
      onClose={onClose}
      onPointerDown={(event) => {
        // A press on the backdrop lands on the dialog itself.
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <h2 id={title}>{t('sheet.title', [props.avatar.name])}</h2>
          <button type="button" class="quiet-button" onClick={() => dialog.current?.close()}>
            <Icon name="close" size={18} />
            <span class="unseen">{t('sheet.close')}</span>
          </button>
        </header>
        {sight.kind === 'page' ? <Shared {...props} sight={sight} /> : <Unseen sight={sight} />}
      </div>
    </dialog>
  );
}

function Unseen({ sight }: { readonly sight: Exclude<PageSight, { kind: 'page' }> }) {
  switch (sight.kind) {
    case 'none':
      return <p>{t('sheet.none')}</p>;
    case 'unasked':
      return <p>{t('sheet.unasked')}</p>;
    case 'unreadable':
      return (
        <>
          {sight.title && (
            <p class="sheet-page" dir="auto">
              {sight.title}
            </p>
          )}
          <p>{t(`unreadable.${sight.why}`)}</p>
          {sight.why !== 'private' && <p>{t('sheet.menuStillWorks')}</p>}
        </>
      );
  }
}

function Shared(props: SheetProps & { readonly sight: Extract<PageSight, { kind: 'page' }> }) {
  const { sight } = props;
  const { rule, access, limit } = sight;
  const isTooHigh = (rung: Rung) =>
    limit !== undefined && rungs.indexOf(rung) > rungs.indexOf(limit.highest);
  const host = new URL(sight.url).host;
  return (
    <>
      <p class="sheet-page" dir="auto">
        {sight.title || host}
      </p>
      <fieldset class="ladder">
        <legend>{t('sheet.ladder', [host])}</legend>
        {rungs.map((rung) => (
          <label key={rung} class={rung === rule.rung ? 'rung rung-on' : 'rung'}>
            <input
              type="radio"
              name="rung"
              value={rung}
              checked={rung === rule.rung}
              disabled={limit?.locked === true || isTooHigh(rung)}
              onChange={() => props.onRung(rung)}
            />
            <span>
              <b>{t(`rung.${rung}`)}</b>
              <small>{t(`rungLong.${rung}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {limit && <p class="sheet-limit">{limitLine(limit)}</p>}
      <label class="sheet-switch">
        <input
          type="checkbox"
          checked={rule.keepQuery}
          disabled={limit?.locked === true}
          onChange={(event) => props.onKeepQuery(event.currentTarget.checked)}
        />
        {t('sheet.keepQuery')}
      </label>
      <section class="sheet-when">
        <p>{t(`access.${access}`)}</p>
        <p class="sheet-buttons">
          {access === 'asked' ? (
            <>
              <button type="button" class="button" onClick={props.onFollowSite}>
                {t('sheet.followSite')}
              </button>
              <button type="button" class="button" onClick={props.onFollowEverywhere}>
                {t('sheet.followEverywhere')}
              </button>
            </>
          ) : (
            <button type="button" class="button" onClick={props.onUnfollow}>
              {t('sheet.unfollow')}
            </button>
          )}
          {rule.rung !== 'nothing' && (
            <button type="button" class="button" onClick={() => props.onRung('nothing')}>
              <Icon name="eye-off" size={16} /> {t('sheet.stopSharing')}
            </button>
          )}
        </p>
      </section>
      <Sent key={`${sight.url} ${rule.rung} ${String(rule.keepQuery)}`} {...props} />
    </>
  );
}

/** The preview: read anew whenever the page or its rung changes. */
function Sent({ preview, avatar }: Pick<SheetProps, 'preview' | 'avatar'>) {
  const [sent, setSent] = useState<Preview | null>(null);
  useEffect(() => {
    let stale = false;
    void preview().then((read) => {
      if (!stale) setSent(read);
    });
    return () => {
      stale = true;
    };
  }, []);
  // As tall while it is read as after: what lies above must not move under the reader's hand.
  return (
    <>
      <details class="sent">
        <summary>{summaryOf(sent)}</summary>
        {sent !== null && sent.text !== '' && (
          <pre dir="auto" tabIndex={0}>
            {sent.text}
          </pre>
        )}
      </details>
      <p class="sent-whom">
        {avatar.operator === null
          ? t('sheet.stays')
          : t('sheet.goesTo', [avatar.name, avatar.operator])}
      </p>
    </>
  );
}

function summaryOf(sent: Preview | null): string {
  return sent?.text === '' ? t('sheet.sendsNothing') : t('sheet.sends', [sent?.size ?? '…']);
}

function limitLine({ by, avatar }: Limit): string {
  if (avatar !== undefined) return t('policy.limitAvatar', [by ?? '', avatar]);
  return by === null ? t('policy.limit') : t('policy.limitBy', [by]);
}
