import { signal } from '@preact/signals';
import { render } from 'preact';
import { keep } from '@/components/options/kept';
import type { System } from '@/components/options/VoiceChapter';
import { App } from '@/entrypoints/options/App';
import { findDevices } from '@/entrypoints/options/devices';
import { createBelongings } from '@/entrypoints/options/data';
import { findModel } from '@/entrypoints/options/model';
import { createOwnKey } from '@/entrypoints/options/own-key';
import { findShortcuts, shortcutPage } from '@/entrypoints/options/shortcuts';
import { createService } from '@/entrypoints/options/service';
import { createSiteList } from '@/entrypoints/options/sites';
import { findVoices } from '@/entrypoints/options/voices';
import { browser } from '@/lib/browser';
import { readPolicy, watchPolicy } from '@/lib/policy';
import { hasProvider } from '@/lib/providers';
import * as settings from '@/lib/settings';
import { openTranscript } from '@/lib/transcript/store';
import { t } from '@/lib/words';
import '@/components/paper.css';
import '@/components/options/options.css';

const app = document.querySelector('#app');
if (app) void mount(app);

async function mount(root: Element): Promise<void> {
  document.title = t('options.title');
  const language = browser.i18n.getUILanguage();
  const [decided, picked, shortcuts, { os }] = await Promise.all([
    readPolicy(),
    settings.voice.get().then(
      ({ uri }) => uri,
      () => null,
    ),
    findShortcuts(),
    browser.runtime.getPlatformInfo(),
  ]);
  const policy = signal(decided);
  watchPolicy((changed) => (policy.value = changed));
  render(
    <App
      look={keep(settings.portrait)}
      mood={keep(settings.moodShown)}
      voice={keep(settings.voice)}
      ears={keep(settings.ears)}
      cloud={keep(settings.cloudEars)}
      speaker={keep(settings.loudspeaker)}
      captions={keep(settings.captionSize)}
      plugged={findDevices()}
      canRoute={'setSinkId' in HTMLMediaElement.prototype}
      onAllow={() => void browser.tabs.create({ url: '/microphone.html' })}
      brain={keep(settings.brain)}
      voices={findVoices(language, picked)}
      model={findModel()}
      sites={createSiteList()}
      service={createService(policy)}
      idle={keep(settings.idleMinutes)}
      ownKey={hasProvider('soul-machines') ? createOwnKey() : null}
      reader={hasProvider('inworld') ? keep(settings.reader) : null}
      policy={policy}
      belongings={createBelongings(openTranscript(), language)}
      shortcuts={shortcuts}
      onShortcuts={shortcutPage()}
      system={systems[os] ?? 'other'}
      version={browser.runtime.getManifest().version}
    />,
    root,
  );
  // The browser looked for it before it was drawn.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

const systems: Readonly<Record<string, System>> = {
  win: 'windows',
  mac: 'mac',
  linux: 'linux',
  cros: 'chromeos',
};
