import { Icon } from '@/components/icons';
import { rungs } from '@/lib/page/page';
import { Lockable, Outcome, Section } from '@/components/options/Section';
import type { Note } from '@/components/options/kept';
import { lockedBy, noPolicy, type Policy } from '@/lib/policy';
import type { SiteRule } from '@/lib/settings';
import { t } from '@/lib/words';

/** A site with a rule of its own, or that is followed. */
export interface Site {
  /** `https://nature.example`. */
  readonly origin: string;
  readonly rule: SiteRule;
  readonly followed: boolean;
}

/** What the avatar may see, site by site. */
export function SightChapter(props: {
  readonly sites: readonly Site[];
  readonly everywhere: boolean;
  readonly policy?: Policy;
  readonly note: Note | null;
  /** Both are called in the click itself, in which alone a browser lets us ask. */
  readonly onFollow: (origin: string, follow: boolean) => void;
  readonly onFollowEverywhere: (follow: boolean) => void;
  readonly onRule: (origin: string, rule: SiteRule) => void;
  readonly onForget: (origin: string) => void;
}) {
  const { policy = noPolicy } = props;
  const isLimited = policy.highestRung !== undefined || policy.forbiddenSites !== undefined;
  return (
    <Section id="sight" title={t('options.sight.title')}>
      <p>{t('options.sight.default')}</p>
      {isLimited && (
        <p class="hint locked">
          {policy.organisation ? t('policy.sitesBy', [policy.organisation]) : t('policy.sites')}
        </p>
      )}
      <Lockable by={lockedBy(policy, 'sight')}>
        <div class="field field-line">
          <label class="radio radio-long">
            <input
              type="checkbox"
              checked={props.everywhere}
              onClick={(event) => props.onFollowEverywhere(event.currentTarget.checked)}
            />
            <span>
              {t('options.sight.everywhere')}
              <small class="hint">{t('options.sight.everywhereLong')}</small>
            </span>
          </label>
          <Outcome field="everywhere" note={props.note} />
        </div>
        <h3 id="sites">{t('options.sight.sites')}</h3>
        {props.sites.length === 0 ? (
          <p class="hint">{t('options.sight.noSites')}</p>
        ) : (
          <ul class="sites" aria-labelledby="sites">
            {props.sites.map((site) => (
              <SiteRow key={site.origin} {...props} site={site} />
            ))}
          </ul>
        )}
      </Lockable>
    </Section>
  );
}

function SiteRow({
  site: { origin, rule, followed },
  everywhere,
  note,
  onFollow,
  onRule,
  onForget,
}: Parameters<typeof SightChapter>[0] & { readonly site: Site }) {
  const name = origin.replace(/^https:\/\//u, '');
  return (
    <li class="site">
      <div class="site-head">
        <bdi class="site-name">{name}</bdi>
        <Outcome field={origin} note={note} />
        <button type="button" class="quiet-button" onClick={() => onForget(origin)}>
          <Icon name="delete" size={18} />
          <span class="unseen">{t('options.sight.forget', [name])}</span>
        </button>
      </div>
      <label class="site-rung">
        <span>{t('options.sight.mayKnow')}</span>
        <select
          value={rule.rung}
          onChange={(event) => {
            const rung = rungs.find((one) => one === event.currentTarget.value);
            if (rung) onRule(origin, { ...rule, rung });
          }}
        >
          {rungs.map((rung) => (
            <option key={rung} value={rung}>
              {t(`options.rung.${rung}`)}
            </option>
          ))}
        </select>
        <span class="unseen">{name}</span>
      </label>
      <label class="radio">
        <input
          type="checkbox"
          checked={rule.keepQuery}
          onChange={(event) => onRule(origin, { ...rule, keepQuery: event.currentTarget.checked })}
        />
        {t('options.sight.keepQuery')}
        <span class="unseen">{name}</span>
      </label>
      <label class="radio">
        <input
          type="checkbox"
          checked={followed || everywhere}
          disabled={everywhere}
          onClick={(event) => onFollow(origin, event.currentTarget.checked)}
        />
        {t('options.sight.follow')}
        <span class="unseen">{name}</span>
      </label>
    </li>
  );
}
