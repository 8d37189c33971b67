import { browser } from '@/lib/browser';
import { hostPattern } from '@/lib/broker/address';

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

/** Gives it back. */
export async function leave(address: string): Promise<void> {
  await browser.permissions.remove({ origins: [patternFor(address)] });
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

export function patternFor(address: string): string {
  return hostPattern(address, !isFirefox());
}

const isFirefox = () => browser.runtime.getURL('/').startsWith('moz-extension:');
