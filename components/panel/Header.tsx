import type { ReadonlySignal } from '@preact/signals';
import { Icon } from '@/components/icons';
import { useMenu } from '@/components/panel/menu';
import { t } from '@/lib/words';
import './Header.css';

export interface HeaderProps {
  /** Whose face this is. */
  readonly name: string;
  /** What it feels, in a word; null where that is not to be shown. */
  readonly mood: string | null;
  /** Shows whom else one could talk to; null where there is nobody. */
  readonly onPick: (() => void) | null;
  /** What is going on, in words. */
  readonly line: string;
  /** How long it has run; null where that costs nothing. */
  readonly clock: ReadonlySignal<string> | null;
  /** What that costs, where its service has figures; '' where not. */
  readonly cost: ReadonlySignal<string>;
  /** What a minute costs, in its operator's words; null where they say nothing. */
  readonly price: string | null;
  /** Whether something is alive: listening, speaking, thinking. */
  readonly alive: boolean;
  readonly onFresh: () => void;
  readonly onConversations: () => void;
  readonly onSave: () => void;
  readonly onSettings: () => void;
  readonly onDiagnostics: () => void;
  readonly onEnd: (() => void) | null;
}

/** Whose face this is, that it is an AI, what is going on, and the menu. */
export function Header(props: HeaderProps) {
  const { name, mood, line, alive, clock, cost, price } = props;
  const { onPick, onFresh, onConversations, onSave, onSettings, onEnd } = props;
  const { menu, close, pick, onFocusOut } = useMenu();
  return (
    <header class="header">
      <h1 class="header-name">
        {onPick ? (
          <button
            type="button"
            class="header-pick"
            aria-haspopup="dialog"
            title={t('avatar.title')}
            onClick={onPick}
          >
            <span>{name}</span> <Icon name="chevron" size={12} />
          </button>
        ) : (
          <span class="header-who">{name}</span>
        )}{' '}
        <abbr class="header-ai" title={t('panel.aiLong', [name])}>
          {t('panel.ai')}
        </abbr>
        {mood !== null && <small class="header-mood">{mood}</small>}
      </h1>
      <output class={alive ? 'header-line header-alive' : 'header-line'}>{line}</output>
      {clock && (
        // It changes every second: looked at, not read out.
        <span class="header-clock" role="timer" aria-live="off" title={price ?? undefined}>
          {clock}
          <span class="header-cost">{cost}</span>
        </span>
      )}
      <details
        class="menu"
        ref={menu}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
        onFocusOut={onFocusOut}
      >
        <summary class="quiet-button" title={t('panel.menu')}>
          <Icon name="more" />
          <span class="unseen">{t('panel.menu')}</span>
        </summary>
        <div class="menu-items">
          {onPick && (
            <button type="button" onClick={pick(onPick)}>
              {t('avatar.title')}…
            </button>
          )}
          <button type="button" onClick={pick(onFresh)}>
            {t('panel.fresh')}
          </button>
          <button type="button" onClick={pick(onConversations)}>
            {t('panel.conversations')}
          </button>
          <button type="button" onClick={pick(onSave)}>
            {t('panel.save')}
          </button>
          <button type="button" onClick={pick(onSettings)}>
            {t('panel.settings')}
          </button>
          <button type="button" onClick={pick(props.onDiagnostics)}>
            {t('panel.diagnostics')}
          </button>
          {onEnd && (
            <button type="button" onClick={pick(onEnd)}>
              {t('panel.end', [name])}
            </button>
          )}
        </div>
      </details>
    </header>
  );
}
