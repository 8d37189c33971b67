import { useState } from 'preact/hooks';
import { Icon } from '@/components/icons';
import type { PageSight } from '@/lib/page/sight';
import { t } from '@/lib/words';
import './Chip.css';

export interface ChipProps {
  readonly sight: PageSight;
  readonly onOpen: () => void;
  /** Nothing of this site from now on, not even its address. */
  readonly onStop: () => void;
}

/** Which page the next question is about and how much of it may be seen; opens the sheet. */
export function Chip({ sight, onOpen, onStop }: ChipProps) {
  const shared = sight.kind === 'page' && sight.rule.rung !== 'nothing';
  return (
    <div class="chip">
      <button type="button" class="chip-page" onClick={onOpen} aria-haspopup="dialog">
        <Mark sight={sight} />
        <span class="chip-host">{whichPage(sight)}</span>
        <span class="chip-rung">{howMuch(sight)}</span>
        <Icon name="chevron" size={14} />
      </button>
      {shared && (
        <button type="button" class="quiet-button" title={t('sheet.stopSharing')} onClick={onStop}>
          <Icon name="eye-off" size={16} />
          <span class="unseen">{t('sheet.stopSharing')}</span>
        </button>
      )}
    </div>
  );
}

function Mark({ sight }: { readonly sight: PageSight }) {
  const icon = sight.kind === 'page' ? sight.icon : null;
  const [broken, setBroken] = useState<string | null>(null);
  if (icon === null || broken === icon) {
    return <Icon name={sight.kind === 'page' ? 'page' : 'eye-off'} size={16} />;
  }
  return (
    <img
      class="chip-icon"
      src={icon}
      alt=""
      width={16}
      height={16}
      onError={() => setBroken(icon)}
    />
  );
}

function whichPage(sight: PageSight): string {
  switch (sight.kind) {
    case 'none':
      return t('panel.noPage');
    case 'unasked':
      return t('panel.unasked');
    case 'unreadable':
      // A browser's own page has a host that says nothing to a person.
      return (sight.why === 'browser' ? sight.title : sight.host) || t('panel.thisPage');
    case 'page':
      return new URL(sight.url).host || sight.title;
  }
}

function howMuch(sight: PageSight): string {
  switch (sight.kind) {
    case 'none':
      return '';
    case 'unasked':
      return t('panel.notShared');
    case 'unreadable':
      return sight.selection ? t('rung.selectionNow') : t('panel.cannotRead');
    case 'page':
      if (sight.selection && sight.rule.rung !== 'nothing') return t('rung.selectionNow');
      return t(`rung.${sight.rule.rung}`);
  }
}
