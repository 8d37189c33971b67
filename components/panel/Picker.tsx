import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from '@/components/icons';
import { keyOf, type Avatar } from '@/lib/avatar/avatar';
import { makerOf } from '@/lib/avatar/maker';
import { t } from '@/lib/words';
import './Sheet.css';
import './Picker.css';

export interface PickerProps {
  readonly avatars: readonly Avatar[];
  readonly current: Avatar;
  /** To be taken at once: the browser may have to be asked in this very click. */
  readonly onChoose: (avatar: Avatar) => void;
  readonly onSettings: () => void;
  readonly onClose: () => void;
}

/** Whom one can talk to here: Vis, who is always there, and whoever the service has. */
export function Picker({ avatars, current, onChoose, onSettings, onClose }: PickerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const close = () => dialog.current?.close();

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
        if (event.target === dialog.current) close();
      }}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <h2 id={title}>{t('avatar.title')}</h2>
          <button type="button" class="quiet-button" onClick={close}>
            <Icon name="close" size={18} />
            <span class="unseen">{t('sheet.close')}</span>
          </button>
        </header>
        <ul class="picker">
          {avatars.map((avatar) => {
            const isHere = keyOf(avatar) === keyOf(current);
            return (
              <li key={keyOf(avatar)}>
                <button
                  type="button"
                  aria-pressed={isHere}
                  // The dialog begins with who is here, not with the way out.
                  autofocus={isHere}
                  onClick={() => {
                    if (!isHere) onChoose(avatar);
                    close();
                  }}
                >
                  <b dir="auto">{avatar.name}</b>
                  {avatar.description !== null && <span dir="auto">{avatar.description}</span>}
                  <small dir="auto">{factsOf(avatar)}</small>
                  {isHere && <Icon name="check" size={18} />}
                </button>
              </li>
            );
          })}
        </ul>
        <p class="picker-more">
          <button type="button" class="button" onClick={onSettings}>
            {t('avatar.more')}
          </button>
        </p>
      </div>
    </dialog>
  );
}

function factsOf({ provider, operator, price }: Avatar): string {
  if (operator === null) return '';
  return [t('avatar.from', [makerOf(provider), operator]), price].filter(Boolean).join(' · ');
}
