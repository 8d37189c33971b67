import { browser } from '@/lib/browser';
import { patternOf } from '@/lib/page/address';
import type { Rung } from '@/lib/page/page';
import { ownKey } from '@/lib/broker/own-key';
import { brokerPatterns, ownKeyPatterns } from '@/lib/broker/permission';
import { forbiddenPatterns, limitOf, readPolicy } from '@/lib/policy';
import { broker, newSite, sites, type SiteRule } from '@/lib/settings';

/**
 * Which sites the reader lets us follow, as the browser's own host permissions hold it, and what
 * each may share, as our settings do. The functions that ask for a permission must be called in a
 * click, with nothing awaited before: browsers refuse a request without the reader's gesture.
 */

/** Every web page. What the manifest lists as optional. */
const everywhere = ['http://*/*', 'https://*/*'];

/** Asks the browser, which asks the reader. @returns whether the site is followed now. */
export async function followSite(origin: string): Promise<boolean> {
  const pattern = patternOf(origin);
  return pattern !== null && (await browser.permissions.request({ origins: [pattern] }));
}

/** As `followSite`, for every site. */
export async function followEverywhere(): Promise<boolean> {
  return browser.permissions.request({ origins: everywhere });
}

/** Gives the permission back. One site cannot be taken out of "everywhere": set its rule instead. */
export async function unfollow(what: string): Promise<void> {
  if (what === 'everywhere') {
    const { origins } = await grants();
    const wide = origins.filter(isWide);
    if (wide.length > 0) await browser.permissions.remove({ origins: wide });
    return;
  }
  const pattern = patternOf(what);
  if (pattern !== null) await browser.permissions.remove({ origins: [pattern] });
}

export interface Following {
  readonly everywhere: boolean;
  /** Patterns of single sites as the browser writes them, cut to `https://nature.example`. */
  readonly origins: readonly string[];
}

/** What the reader has granted, here or on the browser's own pages. */
export async function following(): Promise<Following> {
  const { origins, everywhere } = await grants();
  const single = origins.filter((pattern) => !isWide(pattern));
  return { everywhere, origins: single.map((pattern) => pattern.replace(/\/\*$/u, '')) };
}

/** How a page at this origin came to be readable without being asked for; null if it did not. */
export async function accessTo(origin: string): Promise<'site' | 'everywhere' | null> {
  const pattern = patternOf(origin);
  if (pattern === null) return null;
  // All at once: a question waits for it.
  const [{ everywhere }, own, isGranted] = await Promise.all([
    grants(),
    broker.get(),
    browser.permissions.contains({ origins: [pattern] }),
  ]);
  if (everywhere) return 'everywhere';
  return isGranted && !brokerPatterns(own).includes(pattern) ? 'site' : null;
}

export async function setRule(origin: string, rule: SiteRule): Promise<void> {
  await sites.set({ ...(await sites.get()), [origin]: rule });
  await keepWatcherRegistered();
}

/** From now on nothing of this site is shared, not even its address. */
export async function stopSharing(origin: string): Promise<void> {
  const rule = (await sites.get())[origin] ?? newSite;
  await setRule(origin, { ...rule, rung: 'nothing' });
}

const watcherId = 'page';

/**
 * Makes the registered watcher equal what is granted and ruled. Call it whenever either may have
 * changed; called for nothing it changes nothing.
 */
export async function keepWatcherRegistered(): Promise<void> {
  const wanted = await watchedPages();
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [watcherId] });
  if (registered === undefined ? wanted.matches.length === 0 : isEqual(registered, wanted)) return;
  if (registered) await unregister();
  if (wanted.matches.length === 0) return;
  const script = {
    id: watcherId,
    js: ['page.js'],
    matches: wanted.matches,
    ...(wanted.excludeMatches.length > 0 && { excludeMatches: wanted.excludeMatches }),
    allFrames: true,
    persistAcrossSessions: true,
    runAt: 'document_idle' as const,
  };
  // The panel and the background may do this at once; they want the same, so either may win.
  await browser.scripting
    .registerContentScripts([script])
    .catch(() => browser.scripting.updateContentScripts([script]));
}

async function unregister(): Promise<void> {
  // Rejects only where it is already gone, which is what we want.
  await browser.scripting.unregisterContentScripts({ ids: [watcherId] }).catch(() => undefined);
}

interface Pages {
  readonly matches: string[];
  readonly excludeMatches: string[];
}

async function watchedPages(): Promise<Pages> {
  const { origins, everywhere: all } = await grants();
  const rules = Object.entries(await sites.get());
  const policy = await readPolicy();
  const highest = limitOf(policy, '')?.highest ?? 'page';
  if (!isWatched(highest)) return { matches: [], excludeMatches: [] };
  const closed = rules.flatMap(([origin, { rung }]) => {
    const pattern = patternOf(origin);
    return pattern === null || isWatched(rung) ? [] : [pattern];
  });
  const excludeMatches = [...closed, ...forbiddenPatterns(policy)];
  return {
    matches: all ? everywhere : origins.filter((pattern) => !excludeMatches.includes(pattern)),
    excludeMatches,
  };
}

/** Below the rung of selections there is nothing a watcher could do. */
export function isWatched(rung: Rung): boolean {
  return rung === 'selection' || rung === 'page';
}

interface Registered {
  readonly matches?: string[] | undefined;
  readonly excludeMatches?: string[] | undefined;
}

function isEqual(registered: Registered, wanted: Pages): boolean {
  const sameSet = (one: readonly string[] = [], other: readonly string[]) =>
    one.length === other.length && one.every((pattern) => other.includes(pattern));
  return (
    sameSet(registered.matches, wanted.matches) &&
    sameSet(registered.excludeMatches, wanted.excludeMatches)
  );
}

async function grants(): Promise<{ origins: string[]; everywhere: boolean }> {
  const [all, own, key] = await Promise.all([
    browser.permissions.getAll(),
    broker.get(),
    ownKey.get(),
  ]);
  // To reach the avatar service is no leave to follow the reader there.
  const services = [...brokerPatterns(own), ...ownKeyPatterns(key)];
  const origins = (all.origins ?? []).filter((pattern) => !services.includes(pattern));
  const covers = (scheme: string) =>
    origins.some((pattern) => isWide(pattern) && /^(?:<all_urls>|\*:)/u.test(pattern)) ||
    origins.includes(`${scheme}://*/*`);
  return { origins, everywhere: covers('http') && covers('https') };
}

function isWide(pattern: string): boolean {
  return pattern === '<all_urls>' || /^(?:\*|https?):\/\/\*\/\*$/u.test(pattern);
}
