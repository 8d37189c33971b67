import type { Kept } from '@/components/options/kept';
import { Icon } from '@/components/icons';
import { Choice, Lockable, Section } from '@/components/options/Section';
import { lockedBy, noPolicy, type Policy } from '@/lib/policy';
import { t } from '@/lib/words';

/** Where the browser's own language model stands. Null while it is asked. */
export type ModelState =
  | null
  | 'available'
  | 'downloadable'
  | 'downloading'
  | 'unavailable'
  /** Our own download; a share between 0 and 1, null until the browser tells one. */
  | { readonly progress: number | null }
  | 'failed';

/** Who answers. */
export function BrainChapter(props: {
  readonly brain: Kept<'auto' | 'companion'>;
  readonly model: ModelState;
  readonly policy?: Policy;
  readonly onDownload: () => void;
  readonly onCancel: () => void;
}) {
  const { policy = noPolicy } = props;
  const brain = policy.brain ?? props.brain.value.value;
  return (
    <Section id="brain" title={t('options.brain.title')}>
      <Lockable by={lockedBy(policy, 'brain')}>
        <Choice legend={t('options.brain.who')} field="brain" note={props.brain.note.value}>
          {(['auto', 'companion'] as const).map((choice) => (
            <label key={choice} class="radio radio-long">
              <input
                type="radio"
                name="brain"
                checked={brain === choice}
                onChange={() => props.brain.change('brain', choice)}
              />
              <span>
                {t(`options.brain.${choice}`)}
                <small class="hint">{t(`options.brain.${choice}Long`)}</small>
              </span>
            </label>
          ))}
        </Choice>
      </Lockable>
      {brain === 'auto' && <Model {...props} />}
      <p class="hint">
        <a href="https://developer.chrome.com/docs/ai/prompt-api" target="_blank" rel="noreferrer">
          {t('options.brain.more')} <Icon name="external" size={14} />
        </a>
      </p>
    </Section>
  );
}

function Model({
  model,
  onDownload,
  onCancel,
}: {
  readonly model: ModelState;
  readonly onDownload: () => void;
  readonly onCancel: () => void;
}) {
  if (model === null) return null;
  if (typeof model === 'object') {
    return (
      <div class="advice">
        <label for="model-progress">{t('options.brain.loading')}</label>
        <div class="slider">
          <progress
            id="model-progress"
            {...(model.progress !== null && { value: model.progress })}
          />
          {model.progress !== null && <span>{Math.round(model.progress * 100)} %</span>}
        </div>
        <button type="button" class="button" onClick={onCancel}>
          {t('options.brain.cancel')}
        </button>
      </div>
    );
  }
  return (
    <div class="advice">
      <output>{t(`options.brain.${model}`)}</output>
      {(model === 'downloadable' || model === 'failed') && (
        <>
          <p class="hint" id="model-size">
            {t('options.brain.size')}
          </p>
          <button type="button" class="button" aria-describedby="model-size" onClick={onDownload}>
            <Icon name="download" size={18} />
            {t('options.brain.download')}
          </button>
        </>
      )}
    </div>
  );
}
