import type { Kept } from '@/components/options/kept';
import { Icon } from '@/components/icons';
import { Field, Outcome, Section } from '@/components/options/Section';
import type { VoiceSettings } from '@/lib/settings';
import type { VoiceGroup } from '@/lib/voice/choose';
import { t } from '@/lib/words';

/** The systems whose way to install a voice we know. */
export type System = 'windows' | 'mac' | 'linux' | 'chromeos' | 'other';

/** How it sounds. */
export function VoiceChapter(props: {
  readonly voice: Kept<VoiceSettings>;
  /** The voices on this device; null while the browser still looks for them. */
  readonly groups: readonly VoiceGroup[] | null;
  readonly system: System;
  readonly onHear: () => void;
}) {
  const voice = props.voice.value.value;
  const note = props.voice.note.value;
  const change = (part: Partial<VoiceSettings>) => {
    const [field = ''] = Object.keys(part);
    if (voice) props.voice.change(field, { ...voice, ...part });
  };
  return (
    <Section id="voice" title={t('options.voice.title')}>
      {props.groups?.length === 0 && (
        <p class="advice">
          {t('options.voice.none')} {t(`options.voice.install.${props.system}`)}
        </p>
      )}
      {voice && (
        <>
          <Field
            label={t('options.voice.which')}
            for="voice-uri"
            field="uri"
            note={note}
            hint={t('options.voice.onDevice')}
          >
            <select
              id="voice-uri"
              aria-describedby="voice-uri-hint"
              value={voice.uri ?? ''}
              onChange={(event) => change({ uri: event.currentTarget.value || null })}
            >
              <option value="">{t('options.voice.automatic')}</option>
              {props.groups?.map(({ language, voices }) => (
                <optgroup key={language} label={language}>
                  {voices.map(({ uri, name }) => (
                    <option key={uri} value={uri}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ))}
              {voice.uri !== null && !isThere(props.groups, voice.uri) && (
                <option value={voice.uri}>{t('options.voice.gone')}</option>
              )}
            </select>
          </Field>
          <Field label={t('options.voice.rate')} for="voice-rate" field="rate" note={note}>
            <div class="slider">
              <input
                id="voice-rate"
                type="range"
                min="0.5"
                max="2"
                step="0.1"
                value={voice.rate}
                aria-valuetext={times(voice.rate)}
                onInput={(event) => change({ rate: event.currentTarget.valueAsNumber })}
              />
              <output for="voice-rate" dir="ltr">
                {times(voice.rate)}
              </output>
            </div>
          </Field>
          <Field label={t('options.voice.volume')} for="voice-volume" field="volume" note={note}>
            <div class="slider">
              <input
                id="voice-volume"
                type="range"
                min="0"
                max="1"
                step="0.05"
                value={voice.volume}
                aria-valuetext={percent(voice.volume)}
                onInput={(event) => change({ volume: event.currentTarget.valueAsNumber })}
              />
              <output for="voice-volume" dir="ltr">
                {percent(voice.volume)}
              </output>
            </div>
          </Field>
          <div class="field field-line">
            <label class="radio">
              <input
                type="checkbox"
                checked={voice.muted}
                onChange={(event) => change({ muted: event.currentTarget.checked })}
              />
              {t('options.voice.muted')}
            </label>
            <Outcome field="muted" note={note} />
          </div>
          <button
            type="button"
            class="button"
            disabled={!props.groups?.length}
            onClick={props.onHear}
          >
            <Icon name="sound" size={18} />
            {t('options.voice.hear')}
          </button>
        </>
      )}
    </Section>
  );
}

const isThere = (groups: readonly VoiceGroup[] | null, uri: string) =>
  groups === null || groups.some(({ voices }) => voices.some((voice) => voice.uri === uri));

const times = (rate: number) => t('options.voice.times', [rate.toFixed(1)]);
const percent = (volume: number) => `${Math.round(volume * 100)} %`;
