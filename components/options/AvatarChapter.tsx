import type { ComponentChildren } from 'preact';
import type { Kept } from '@/components/options/kept';
import { Choice, Outcome, Section } from '@/components/options/Section';
import { Swatches, type Swatch } from '@/components/options/Swatches';
import type { PortraitLook } from '@/lib/settings';
import { t } from '@/lib/words';

/** How the portrait looks; every change shows in `children`, the portrait itself. */
export function AvatarChapter(props: {
  readonly look: Kept<PortraitLook>;
  /** Whether the avatar's mood stands beside its name. */
  readonly mood: Kept<boolean>;
  readonly children: ComponentChildren;
}) {
  const look = props.look.value.value;
  const note = props.look.note.value;
  const mood = props.mood.value.value;
  const change = (part: Partial<PortraitLook>) => {
    const [field = ''] = Object.keys(part);
    if (look) props.look.change(field, { ...look, ...part });
  };
  return (
    <Section id="avatar" title={t('options.avatar.title')}>
      <div class="avatar">
        <div class="avatar-portrait">{props.children}</div>
        {look && (
          <div class="avatar-fields">
            <Choice legend={t('options.avatar.skin')} field="skin" note={note}>
              <div class="pair">
                {skins.map((skin) => (
                  <label key={skin} class="radio">
                    <input
                      type="radio"
                      name="skin"
                      checked={look.skin === skin}
                      onChange={() => change({ skin })}
                    />
                    {t(`options.avatar.${skin}`)}
                  </label>
                ))}
              </div>
            </Choice>
            <Swatches
              legend={t(look.skin === 'person' ? 'options.avatar.face' : 'options.avatar.surface')}
              field="face"
              swatches={faces()}
              color={look.face}
              note={note}
              onColor={(face) => change({ face })}
            />
            {look.skin === 'person' && (
              <>
                <Swatches
                  legend={t('options.avatar.hair')}
                  field="hair"
                  swatches={hairs()}
                  color={look.hair}
                  note={note}
                  onColor={(hair) => change({ hair })}
                />
                <Swatches
                  legend={t('options.avatar.clothes')}
                  field="clothes"
                  swatches={clothes()}
                  color={look.clothes}
                  note={note}
                  onColor={(clothes) => change({ clothes })}
                />
              </>
            )}
            {mood !== null && (
              <div class="field field-line">
                <label class="radio">
                  <input
                    type="checkbox"
                    checked={mood}
                    onChange={(event) => props.mood.change('mood', event.currentTarget.checked)}
                  />
                  {t('options.avatar.mood')}
                </label>
                <Outcome field="mood" note={props.mood.note.value} />
              </div>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}

const skins = ['person', 'moon'] as const;

const faces = (): Swatch[] => [
  { color: '#f0cdb0', name: t('options.color.porcelain') },
  { color: '#dfa985', name: t('options.color.sand') },
  { color: '#c98f6d', name: t('options.color.almond') },
  { color: '#a56b46', name: t('options.color.chestnut') },
  { color: '#7a4a2e', name: t('options.color.walnut') },
  { color: '#4f3022', name: t('options.color.ebony') },
];

const hairs = (): Swatch[] => [
  { color: '#1d1a19', name: t('options.color.black') },
  { color: '#2e2420', name: t('options.color.dark') },
  { color: '#6b432b', name: t('options.color.brown') },
  { color: '#a5552f', name: t('options.color.copper') },
  { color: '#cfa964', name: t('options.color.blond') },
  { color: '#b9b4ab', name: t('options.color.silver') },
];

const clothes = (): Swatch[] => [
  { color: '#39465e', name: t('options.color.slate') },
  { color: '#2f4a42', name: t('options.color.pine') },
  { color: '#7a4034', name: t('options.color.brick') },
  { color: '#b08a4a', name: t('options.color.ochre') },
  { color: '#d8d0c2', name: t('options.color.linen') },
  { color: '#26231f', name: t('options.color.ink') },
];
