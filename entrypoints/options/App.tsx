import type { ReadonlySignal } from '@preact/signals';
import { AboutChapter } from '@/components/options/AboutChapter';
import { AvatarChapter } from '@/components/options/AvatarChapter';
import { BrainChapter } from '@/components/options/BrainChapter';
import { BrokerChapter } from '@/components/options/broker/BrokerChapter';
import type { Service } from '@/components/options/broker/service';
import { DataChapter } from '@/components/options/DataChapter';
import { EarsChapter, type Plugged } from '@/components/options/EarsChapter';
import type { Kept } from '@/components/options/kept';
import { ShortcutChapter, type Shortcut } from '@/components/options/ShortcutChapter';
import { SightChapter } from '@/components/options/SightChapter';
import { VoiceChapter, type System } from '@/components/options/VoiceChapter';
import { OwnKeyChapter, type OwnKey } from '@/components/options/OwnKeyChapter';
import { ReaderChapter } from '@/components/options/ReaderChapter';
import { Portrait } from '@/components/Portrait';
import type { Belongings } from '@/entrypoints/options/data';
import type { Model } from '@/entrypoints/options/model';
import type { SiteList } from '@/entrypoints/options/sites';
import type { Voices } from '@/entrypoints/options/voices';
import type { Device } from '@/lib/ears/devices';
import { isAllowed, lockedBy, type Policy } from '@/lib/policy';
import type {
  CaptionSize,
  EarsSettings,
  PortraitLook,
  ReaderProfile,
  VoiceSettings,
} from '@/lib/settings';
import { t } from '@/lib/words';

export interface AppProps {
  readonly look: Kept<PortraitLook>;
  readonly mood: Kept<boolean>;
  readonly voice: Kept<VoiceSettings>;
  readonly ears: Kept<EarsSettings>;
  readonly cloud: Kept<string | null>;
  readonly speaker: Kept<Device | null>;
  readonly captions: Kept<CaptionSize>;
  readonly plugged: ReadonlySignal<Plugged>;
  readonly canRoute: boolean;
  readonly onAllow: () => void;
  readonly brain: Kept<'auto' | 'companion'>;
  readonly voices: Voices;
  readonly model: Model;
  readonly sites: SiteList;
  readonly service: Service;
  readonly idle: Kept<number>;
  /** Null where no avatar of this build could use it. */
  readonly ownKey: OwnKey | null;
  /** As `ownKey`. */
  readonly reader: Kept<ReaderProfile> | null;
  readonly policy: ReadonlySignal<Policy>;
  readonly belongings: Belongings;
  readonly shortcuts: readonly Shortcut[];
  readonly onShortcuts: (() => void) | null;
  readonly system: System;
  readonly version: string;
}

const chapters = [
  'avatar',
  'voice',
  'ears',
  'brain',
  'sight',
  'broker',
  'ownKey',
  'reader',
  'shortcuts',
  'data',
  'about',
] as const;

export function App(props: AppProps) {
  const { voices, model, sites, belongings } = props;
  return (
    <main class="book">
      <header class="book-head">
        <p class="book-name">Visavis</p>
        <h1>{t('options.heading')}</h1>
        <p class="hint">{t('options.intro')}</p>
        <nav aria-label={t('options.contents')}>
          {chapters
            .filter((chapter) => isShown(chapter, props))
            .map((chapter) => (
              <a key={chapter} href={`#${chapter}`}>
                {t(`options.${chapter}.title`)}
              </a>
            ))}
        </nav>
      </header>
      <AvatarChapter look={props.look} mood={props.mood}>
        {props.look.value.value && (
          <Portrait look={props.look.value.value} label={t('options.avatar.portrait')} />
        )}
      </AvatarChapter>
      <VoiceChapter
        voice={props.voice}
        groups={voices.groups.value}
        system={props.system}
        onHear={() => {
          const settings = props.voice.value.value;
          if (settings) voices.hear(settings);
        }}
      />
      <EarsChapter
        ears={props.ears}
        cloud={props.cloud}
        speaker={props.speaker}
        captions={props.captions}
        plugged={props.plugged.value}
        canRoute={props.canRoute}
        onAllow={props.onAllow}
      />
      <BrainChapter
        brain={props.brain}
        model={model.state.value}
        policy={props.policy.value}
        onDownload={model.download}
        onCancel={model.cancel}
      />
      <SightChapter
        sites={sites.list.value}
        everywhere={sites.everywhere.value}
        policy={props.policy.value}
        note={sites.note.value}
        onFollow={sites.follow}
        onFollowEverywhere={sites.followEverywhere}
        onRule={sites.rule}
        onForget={sites.forget}
      />
      <BrokerChapter service={props.service} idle={props.idle} />
      {props.ownKey && (
        <OwnKeyChapter ownKey={props.ownKey} lockedBy={keysLockedBy(props.policy.value)} />
      )}
      {props.reader && <ReaderChapter reader={props.reader} />}
      <ShortcutChapter shortcuts={props.shortcuts} onChange={props.onShortcuts} />
      <DataChapter
        messages={belongings.messages.value}
        outcome={belongings.outcome.value}
        retention={belongings.retention.value}
        onRetention={belongings.keepFor}
        onImport={belongings.import}
        onExport={belongings.export}
        onErase={belongings.erase}
      />
      <AboutChapter version={props.version} />
    </main>
  );
}

/** Who decides on the service decides on keys that go past it as well. */
function keysLockedBy(policy: Policy): string | null {
  const isForbidden = !isAllowed(policy, 'soul-machines');
  return lockedBy(policy, 'broker') ?? (isForbidden ? (policy.organisation ?? '') : null);
}

function isShown(chapter: (typeof chapters)[number], { ownKey, reader }: AppProps): boolean {
  if (chapter === 'ownKey') return ownKey !== null;
  return chapter !== 'reader' || reader !== null;
}
