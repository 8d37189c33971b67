import * as v from 'valibot';
import { browser } from '@/lib/browser';
import { hostOf } from '@/lib/page/address';
import { rungs, type Rung } from '@/lib/page/page';
import type { SiteRule } from '@/lib/settings';

/**
 * What an organisation decided for its readers, by the browser's own policies. Its names are those
 * of `public/managed-schema.json`. Chromium checks a policy against that file, Firefox does not:
 * what does not fit is left out here, but for the rung, where a slip of the pen must not share more.
 */
const policySchema = v.object({
  /** Who decided, as the reader should see it. */
  organisation: dropped(v.pipe(v.string(), v.nonEmpty(), v.maxLength(120))),
  brokerAddress: dropped(v.pipe(v.string(), v.nonEmpty())),
  brokerAuth: dropped(v.picklist(['none', 'bearer', 'header', 'basic', 'oidc'])),
  /** `local` is the face on the device, which is always there. */
  allowedProviders: dropped(v.array(v.string())),
  brain: dropped(v.picklist(['auto', 'companion'])),
  /** Hosts of which nothing is shared, nor of any below them. */
  forbiddenSites: dropped(v.array(v.pipe(v.string(), v.nonEmpty(), v.toLowerCase()))),
  highestRung: v.optional(v.fallback(v.picklist(rungs), 'nothing')),
  lockedSettings: dropped(v.array(v.string())),
});
export type Policy = v.InferOutput<typeof policySchema>;

export const noPolicy: Policy = {};

function dropped<S extends v.GenericSchema>(schema: S) {
  return v.fallback(v.optional(schema), undefined);
}

/** What holds now. Firefox rejects where no organisation said anything, which is most of them. */
export async function readPolicy(): Promise<Policy> {
  const told: unknown = await browser.storage.managed.get(null).catch(() => ({}));
  return v.parse(v.fallback(policySchema, noPolicy), told);
}

/**
 * Calls back with what holds from now on. Chromium brings the first policy some seconds after
 * install, and every later one while we run; Firefox reads it when it starts.
 */
export function watchPolicy(changed: (policy: Policy) => void): () => void {
  const listen = (_: unknown, area: string) => {
    if (area === 'managed') void readPolicy().then(changed);
  };
  browser.storage.onChanged.addListener(listen);
  return () => browser.storage.onChanged.removeListener(listen);
}

/** The chapters of the settings that an organisation can close. */
type Lockable = 'broker' | 'brain' | 'sight';

/** Whether the reader may change it: not what is decided already, nor what is closed as it is. */
export function isLocked(policy: Policy, what: Lockable): boolean {
  const decided = what === 'broker' ? policy.brokerAddress : what === 'brain' && policy.brain;
  return Boolean(decided) || policy.lockedSettings?.includes(what) === true;
}

/** Who closed it, '' where they give no name; null where it is open. */
export function lockedBy(policy: Policy, what: Lockable): string | null {
  return isLocked(policy, what) ? (policy.organisation ?? '') : null;
}

/** How an organisation limits what a page may share. */
export interface Limit {
  readonly highest: Rung;
  /** The reader may not even choose a lower rung, or whom to follow. */
  readonly locked: boolean;
  readonly by: string | null;
  /** Its name, where not the organisation but who runs the avatar set the limit. */
  readonly avatar?: string;
}

/** Of the page at this address; null where nothing is decided about it. */
export function limitOf(policy: Policy, url: string): Limit | null {
  const highest = isForbidden(policy, url) ? 'nothing' : (policy.highestRung ?? 'page');
  const locked = isLocked(policy, 'sight');
  return highest === 'page' && !locked
    ? null
    : { highest, locked, by: policy.organisation ?? null };
}

/** What an avatar's operator lets it know. */
export interface Cap {
  readonly highest: Rung;
  readonly avatar: string;
  readonly operator: string;
}

/** The lower of the two limits; what an organisation closed stays closed. */
export function capped(limit: Limit | null, cap: Cap | null): Limit | null {
  if (!cap || rungs.indexOf(cap.highest) >= rungs.indexOf(limit?.highest ?? 'page')) return limit;
  const { highest, avatar, operator } = cap;
  return { highest, locked: limit?.locked ?? false, by: operator, avatar };
}

/** The reader's rule as far as the organisation lets it hold. */
export function ruled(rule: SiteRule, limit: Limit | null): SiteRule {
  const isWithin = !limit || rungs.indexOf(rule.rung) <= rungs.indexOf(limit.highest);
  return isWithin ? rule : { ...rule, rung: limit.highest };
}

/** Match patterns for pages on which no script of ours may be registered. */
export function forbiddenPatterns({ forbiddenSites = [] }: Policy): string[] {
  return forbiddenSites.map((host) => `*://*.${host}/*`);
}

export function isAllowed({ allowedProviders }: Policy, provider: string): boolean {
  return allowedProviders?.includes(provider) ?? true;
}

function isForbidden({ forbiddenSites = [] }: Policy, url: string): boolean {
  const host = hostOf(url).replace(/:\d+$/u, '').toLowerCase();
  return forbiddenSites.some((site) => host === site || host.endsWith(`.${site}`));
}
