import { hostPattern } from '@/lib/broker/address';
import type { Broker } from '@/lib/broker/broker';
import { readOwnKey } from '@/lib/broker/own-key';
import { browser } from '@/lib/browser';
import { broker as kept } from '@/lib/settings';

/**
 * The browser's permission to reach one origin. What asks must be called in a click, with nothing
 * awaited before it: browsers refuse a request without the reader's gesture.
 */
export async function mayReach(address: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternFor(address)] });
}

/** @returns whether it may be reached now. */
export async function askToReach(address: string): Promise<boolean> {
  return browser.permissions.request({ origins: [patternFor(address)] });
}

/**
 * For signing in: to reach the identity provider, and to open its page in a window of the
 * browser's own. Firefox lets nobody ask for the latter later, so there it is had from the start.
 */
export async function askToSignIn(issuer: string): Promise<boolean> {
  return browser.permissions.request({
    origins: [patternFor(issuer)],
    ...(isFirefox() ? {} : { permissions: ['identity'] }),
  });
}

/** All that this broker takes: its own origin, and that of the identity provider it sends readers to. */
export function brokerPatterns(broker: Broker | null): string[] {
  if (!broker) return [];
  const issuers = (broker.discovery?.auth ?? []).flatMap((method) =>
    method.type === 'oidc' ? [method.issuer] : [],
  );
  return [broker.address, ...issuers].map(patternFor);
}

/** Gives back all that was granted for this broker. */
export async function leaveBroker(broker: Broker): Promise<void> {
  await browser.permissions.remove({ origins: brokerPatterns(broker) });
  if (!isFirefox()) await browser.permissions.remove({ permissions: ['identity'] });
}

/** What a key of the reader's own takes: the server it names. */
export function ownKeyPatterns(key: string | null): string[] {
  const reading = key === null ? null : readOwnKey(key);
  return reading?.ok ? [patternFor(reading.origin)] : [];
}

/**
 * Gives back what was granted for a key that is gone, but for what the next one needs, or the
 * broker.
 */
export async function leaveOwnKey(gone: string, next: string | null): Promise<void> {
  const needed = [...ownKeyPatterns(next), ...brokerPatterns(await kept.get())];
  const origins = ownKeyPatterns(gone).filter((pattern) => !needed.includes(pattern));
  if (origins.length > 0) await browser.permissions.remove({ origins });
}

function patternFor(address: string): string {
  return hostPattern(address, !isFirefox());
}

const isFirefox = () => browser.runtime.getURL('/').startsWith('moz-extension:');
