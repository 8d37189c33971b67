import type { Kept } from '@/components/options/kept';
import { Choice, Field, Outcome, Section } from '@/components/options/Section';
import type { Device } from '@/lib/ears/devices';
import type { CaptionSize, EarsSettings } from '@/lib/settings';
import { t } from '@/lib/words';

/** What is plugged in. Null: the browser names nothing before the microphone was allowed. */
export interface Plugged {
  readonly microphones: readonly Device[] | null;
  readonly speakers: readonly Device[] | null;
}

export interface EarsChapterProps {
  readonly ears: Kept<EarsSettings>;
  readonly cloud: Kept<string | null>;
  readonly speaker: Kept<Device | null>;
  readonly captions: Kept<CaptionSize>;
  readonly plugged: Plugged;
  /** Whether sound can be sent to a device of one's choice here. */
  readonly canRoute: boolean;
  /** Shows the page that asks. */
  readonly onAllow: () => void;
}

/** How the reader is heard, and where the avatar is. */
export function EarsChapter(props: EarsChapterProps) {
  const { plugged, cloud, speaker, captions, canRoute, onAllow } = props;
  const ears = props.ears.value.value;
  const note = props.ears.note.value;
  const company = cloud.value.value;
  const size = captions.value.value;
  const change = (part: Partial<EarsSettings>) => {
    const [field = ''] = Object.keys(part);
    if (ears) props.ears.change(field, { ...ears, ...part });
  };
  return (
    <Section id="ears" title={t('options.ears.title')}>
      <p class="hint">{t('options.ears.privacy')}</p>
      {ears && (
        <>
          <Field label={t('options.ears.device')} for="ears-device" field="device" note={note}>
            <Devices
              id="ears-device"
              chosen={ears.device}
              present={plugged.microphones}
              onChoose={(device) => change({ device })}
            />
            {plugged.microphones === null && (
              <p class="advice">
                {t('options.ears.unnamed')}{' '}
                <button type="button" class="button" onClick={onAllow}>
                  {t('options.ears.allow')}
                </button>
              </p>
            )}
          </Field>
          <Choice legend={t('options.ears.mode')} field="mode" note={note}>
            {(['hold', 'open'] as const).map((mode) => (
              <label key={mode} class="radio">
                <input
                  type="radio"
                  name="ears-mode"
                  checked={ears.mode === mode}
                  onChange={() => change({ mode })}
                />
                {t(`options.ears.${mode}`)}
              </label>
            ))}
          </Choice>
          <Field label={t('options.ears.autoOff')} for="ears-off" field="autoOff" note={note}>
            <select
              id="ears-off"
              value={String(ears.autoOff)}
              onChange={(event) => change({ autoOff: Number(event.currentTarget.value) })}
            >
              {[...new Set([30, 60, 120, 300, 600, 0, ears.autoOff])].map((seconds) => (
                <option key={seconds} value={String(seconds)}>
                  {duration(seconds)}
                </option>
              ))}
            </select>
          </Field>
          <Field
            label={t('options.ears.duplex')}
            for="ears-duplex"
            field="duplex"
            note={note}
            hint={t('options.ears.duplexHint')}
          >
            <select
              id="ears-duplex"
              aria-describedby="ears-duplex-hint"
              value={ears.duplex}
              onChange={(event) => {
                const wanted = event.currentTarget.value;
                change({ duplex: duplexes.find((one) => one === wanted) ?? 'auto' });
              }}
            >
              {duplexes.map((duplex) => (
                <option key={duplex} value={duplex}>
                  {t(`options.ears.${duplex}`)}
                </option>
              ))}
            </select>
          </Field>
        </>
      )}
      {company !== null && (
        <p class="advice">
          {t('options.ears.cloud', [company])}{' '}
          <button type="button" class="button" onClick={() => cloud.change('cloud', null)}>
            {t('options.ears.forget')}
          </button>
        </p>
      )}
      {canRoute && (
        <Field
          label={t('options.ears.speaker')}
          for="ears-speaker"
          field="speaker"
          note={speaker.note.value}
          hint={t('options.ears.speakerHint')}
        >
          <Devices
            id="ears-speaker"
            chosen={speaker.value.value}
            present={plugged.speakers}
            onChoose={(device) => speaker.change('speaker', device)}
          />
        </Field>
      )}
      <fieldset class="field">
        <legend class="field-name">{t('options.ears.captions')}</legend>
        <Outcome field="captions" note={captions.note.value} />
        {(['small', 'medium', 'large'] as const).map((one) => (
          <label key={one} class="radio">
            <input
              type="radio"
              name="captions"
              checked={size === one}
              onChange={() => captions.change('captions', one)}
            />
            {t(`options.ears.${one}`)}
          </label>
        ))}
      </fieldset>
    </Section>
  );
}

const duplexes = ['auto', 'half', 'full'] as const;

/** Those there are, and the chosen one also while it is not plugged in. */
function Devices(props: {
  readonly id: string;
  readonly chosen: Device | null;
  readonly present: readonly Device[] | null;
  readonly onChoose: (device: Device | null) => void;
}) {
  const { id, chosen, present, onChoose } = props;
  const isThere = present?.some((device) => device.id === chosen?.id) ?? false;
  return (
    <select
      id={id}
      value={chosen?.id ?? ''}
      disabled={present === null && chosen === null}
      onChange={(event) => {
        const wanted = event.currentTarget.value;
        onChoose(present?.find((device) => device.id === wanted) ?? null);
      }}
    >
      <option value="">{t('options.ears.system')}</option>
      {present?.map((device) => (
        <option key={device.id} value={device.id}>
          {device.label}
        </option>
      ))}
      {chosen && !isThere && (
        <option value={chosen.id}>
          {present === null ? chosen.label : t('options.ears.gone', [chosen.label])}
        </option>
      )}
    </select>
  );
}

function duration(seconds: number): string {
  if (seconds === 0) return t('options.ears.never');
  if (seconds === 60) return t('options.ears.minute');
  if (seconds % 60 !== 0) return t('options.ears.seconds', [String(seconds)]);
  return t('options.ears.minutes', [String(seconds / 60)]);
}
