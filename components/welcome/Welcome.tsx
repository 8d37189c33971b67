import type { ComponentChildren } from 'preact';
import { Keys } from '@/components/Keys';
import { Ladder } from '@/components/welcome/Ladder';
import { SelectionPicture, ShortcutPicture, ToolbarPicture } from '@/components/welcome/pictures';
import { TryIt } from '@/components/welcome/TryIt';
import { t } from '@/lib/words';

export interface WelcomeProps {
  /** The portrait. */
  readonly children: ComponentChildren;
  readonly family: 'chromium' | 'firefox';
  /** The keys that open the panel, as the browser has them now; empty where none are set. */
  readonly keys: string;
  /** Called in the click itself, in which alone the panel may be opened; with the words to talk about. */
  readonly onTry: (words: string) => void;
  readonly onSettings: () => void;
  /** Opens the settings where an avatar service is named. */
  readonly onBroker: () => void;
}

/** The first page anyone sees: what this is, a taste of it, how to call it, what it sees. */
export function Welcome({ children, family, keys, onTry, onSettings, onBroker }: WelcomeProps) {
  return (
    <main class="welcome">
      <header class="welcome-head">
        <div class="welcome-portrait">{children}</div>
        <div>
          <p class="welcome-name">Visavis</p>
          <h1>{t('welcome.heading')}</h1>
          <p class="welcome-lead">{t('welcome.what')}</p>
          <p class="welcome-lead">{t('welcome.ai')}</p>
        </div>
      </header>

      <TryIt onTry={onTry} />

      <section aria-labelledby="call">
        <h2 id="call">{t('welcome.call')}</h2>
        <ol class="ways">
          <li>
            <ToolbarPicture />
            <h3>{t('welcome.toolbar')}</h3>
            <p>{t(`welcome.pin.${family}`)}</p>
          </li>
          <li>
            <ShortcutPicture />
            <h3>{t('welcome.shortcut')}</h3>
            <p>{keys ? <Keys keys={keys} /> : t('welcome.noShortcut')}</p>
          </li>
          <li>
            <SelectionPicture />
            <h3>{t('welcome.menu')}</h3>
            <p>{t('welcome.menuLong')}</p>
          </li>
        </ol>
      </section>

      <section aria-labelledby="sees">
        <h2 id="sees">{t('welcome.sees')}</h2>
        <p>{t('welcome.untilYouAsk')}</p>
        <Ladder />
        <p>{t('welcome.never')}</p>
      </section>

      <footer class="welcome-foot">
        <p>{t('welcome.leaves')}</p>
        <div class="welcome-buttons">
          <button type="button" class="button" onClick={onSettings}>
            {t('welcome.settings')}
          </button>
          <button type="button" class="button" onClick={onBroker}>
            {t('welcome.broker')}
          </button>
        </div>
      </footer>
    </main>
  );
}
