import { signal, type ReadonlySignal } from '@preact/signals';
import type { Note } from '@/components/options/kept';
import type { Site } from '@/components/options/SightChapter';
import { browser } from '@/lib/browser';
import {
  followEverywhere,
  following,
  followSite,
  keepWatcherRegistered,
  setRule,
  unfollow,
} from '@/lib/page/access';
import { broker, newSite, sites, type SiteRule } from '@/lib/settings';

/** What is granted and ruled, kept equal to what the browser and the other windows say. */
export interface SiteList {
  readonly list: ReadonlySignal<readonly Site[]>;
  readonly everywhere: ReadonlySignal<boolean>;
  readonly note: ReadonlySignal<Note | null>;
  /** To be called in the click itself. */
  readonly follow: (origin: string, follow: boolean) => void;
  readonly followEverywhere: (follow: boolean) => void;
  readonly rule: (origin: string, rule: SiteRule) => void;
  readonly forget: (origin: string) => void;
}

export function createSiteList(): SiteList {
  const list = signal<readonly Site[]>([]);
  const everywhere = signal(false);
  const note = signal<Note | null>(null);

  const look = async () => {
    const [rules, granted] = await Promise.all([sites.get(), following()]);
    const origins = [...new Set([...Object.keys(rules), ...granted.origins])].sort();
    everywhere.value = granted.everywhere;
    list.value = origins.map((origin) => ({
      origin,
      rule: rules[origin] ?? newSite,
      followed: granted.origins.includes(origin),
    }));
  };

  /** Whatever came of it, the page shows what is so afterwards, not what was wished. */
  const settle = (field: string, doing: Promise<unknown>) => {
    void doing
      .then(
        (done) => (done === false ? null : ({ field, outcome: 'saved' } as const)),
        () => ({ field, outcome: 'failed' }) as const,
      )
      .then(async (outcome) => {
        note.value = outcome;
        await look();
      });
  };

  const forget = async (origin: string) => {
    const { [origin]: _, ...others } = await sites.get();
    await sites.set(others);
    await unfollow(origin);
    await keepWatcherRegistered();
  };

  void look();
  sites.watch(() => void look());
  // What is granted for the avatar service is not granted for following.
  broker.watch(() => void look());
  browser.permissions.onAdded.addListener(() => void look());
  browser.permissions.onRemoved.addListener(() => void look());

  return {
    list,
    everywhere,
    note,
    follow: (origin, follow) => settle(origin, follow ? followSite(origin) : unfollow(origin)),
    followEverywhere: (follow) =>
      settle('everywhere', follow ? followEverywhere() : unfollow('everywhere')),
    rule: (origin, rule) => settle(origin, setRule(origin, rule)),
    forget: (origin) => settle(origin, forget(origin)),
  };
}
